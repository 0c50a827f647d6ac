import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { abs } from '../../numerics/functions.js';
import { sub } from '../../tfjs/ops.js';

/**
 * Mean absolute error: |prediction − label|. Its derivative is 0 where they are equal.
 *
 * Shapes `(...),(...)->(...)`. In the units of the labels.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Keras `MeanAbsoluteError`, PyTorch `l1_loss`, tf.losses `absoluteDifference`.
 * @example meanAbsoluteError([[0, 1]], [[0.5, 0]]) // [0.75]
 * @function
 */
export const meanAbsoluteError: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'meanAbsoluteError',
  aliases: { mae: {}, l1: {}, absoluteError: {}, absoluteDifference: {} },
  keras: { className: 'MeanAbsoluteError', options: {} },
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: {},
  formula: ({ labels, predictions }) => abs(sub(predictions, labels)),
});
