import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { hingeLabel, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { hingeOptions, type HingeOptions, signedLabels } from '../common/hingeLabels.js';
import { mul, square, sub } from '../../tfjs/ops.js';

/**
 * Squared hinge loss: max(0, m − y·x)² for a score x, a label y of −1 or 1 and a margin m.
 *
 * Shapes `(...),(...)->(...)`. In the squared units of the scores.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Keras `SquaredHinge`.
 * @example squaredHinge([1, 0], [0.5, 0.5]) // [0.25, 2.25]
 * @function
 */
export const squaredHinge: Loss<HingeOptions> = /* @__PURE__ */ defineLoss<HingeOptions>({
  name: 'squaredHinge',
  keras: { className: 'SquaredHinge', options: {} },
  signature: '(...),(...)->(...)',
  domains: [hingeLabel, real],
  options: hingeOptions,
  formula: ({ labels, predictions }, options) =>
    square(relu(sub(options.margin, mul(signedLabels(labels, options.labels, true), predictions)))),
});
