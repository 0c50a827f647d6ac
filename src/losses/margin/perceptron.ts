import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { hingeLabel, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { labelsOption, signedLabels, type SignedLabelsOptions } from '../common/hingeLabels.js';
import { mul, neg } from '../../tfjs/ops.js';

/**
 * Perceptron loss: max(0, −y·x) for a score x and a label y of −1 or 1: the hinge loss without a margin.
 *
 * Shapes `(...),(...)->(...)`. In the units of the scores.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Rosenblatt (1958), doi:10.1037/h0042519; optax `perceptron_loss`.
 * @example perceptron([1, 1], [0.5, -2]) // [0, 2]
 * @function
 */
export const perceptron: Loss<SignedLabelsOptions> = /* @__PURE__ */ defineLoss<SignedLabelsOptions>({
  name: 'perceptron',
  signature: '(...),(...)->(...)',
  domains: [hingeLabel, real],
  options: labelsOption,
  formula: ({ labels, predictions }, options) => relu(neg(mul(signedLabels(labels, options.labels), predictions))),
});
