import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { square, sub } from '../../tfjs/ops.js';

/**
 * Mean squared error: (prediction − label)².
 *
 * Shapes `(...),(...)->(...)`. In the squared units of the labels.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Keras `MeanSquaredError`, PyTorch `mse_loss`, optax `squared_error`; it is the mean only by its reduction.
 * @example meanSquaredError([[0, 1]], [[0.5, 0]]) // [0.625]
 * @function
 */
export const meanSquaredError: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'meanSquaredError',
  aliases: { mse: {}, squaredError: {} },
  keras: { className: 'MeanSquaredError', options: {} },
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: {},
  formula: ({ labels, predictions }) => square(sub(predictions, labels)),
});
