import type { Loss } from '../../definition/definition.js';
import { hingeLabel, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { labelsOption, signedLabels, type SignedLabelsOptions } from '../common/hingeLabels.js';
import { mul, neg } from '../../tfjs/ops.js';

/**
 * Soft margin (logistic) loss: ln(1 + e^(−y·x)) for a score x and a label y of −1 or 1. With labels of 0 and 1 it is
 * `binaryCrossentropy` from logits.
 *
 * Shapes `(...),(...)->(...)`. In nats.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see PyTorch `soft_margin_loss`, which overflows for large −y·x.
 * @example softMargin([1, -1], [0, 0]) // [0.6931, 0.6931]
 * @function
 */
export const softMargin: Loss<SignedLabelsOptions> = /* @__PURE__ */ defineLoss<SignedLabelsOptions>({
  name: 'softMargin',
  signature: '(...),(...)->(...)',
  domains: [hingeLabel, real],
  options: labelsOption,
  formula: ({ labels, predictions }, options) => softplus(neg(mul(signedLabels(labels, options.labels), predictions))),
});
