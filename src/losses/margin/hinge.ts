import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { hingeLabel, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { hingeOptions, type HingeOptions, signedLabels } from '../common/hingeLabels.js';
import { mul, sub } from '../../tfjs/ops.js';

/**
 * Hinge loss: max(0, m − y·x) for a score x, a label y of −1 or 1 and a margin m.
 *
 * Shapes `(...),(...)->(...)`. In the units of the scores. Its derivative at y·x = m is 0.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Keras `Hinge`, optax `hinge_loss`, tf.losses `hingeLoss`; Cortes & Vapnik (1995), doi:10.1007/BF00994018.
 * @example hinge([1, 0], [0.25, 0.5]) // [0.75, 1.5]
 * @function
 */
export const hinge: Loss<HingeOptions> = /* @__PURE__ */ defineLoss<HingeOptions>({
  name: 'hinge',
  keras: { className: 'Hinge', options: {} },
  signature: '(...),(...)->(...)',
  domains: [hingeLabel, real],
  options: hingeOptions,
  formula: ({ labels, predictions }, options) =>
    relu(sub(options.margin, mul(signedLabels(labels, options.labels, true), predictions))),
});
