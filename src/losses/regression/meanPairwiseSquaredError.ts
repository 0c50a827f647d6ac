import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { atLeast } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { div, mul, sub } from '../../tfjs/ops.js';
import { countOf, exampleFormula, ofExamples } from '../common/ofExamples.js';

/**
 * Mean, over the pairs of entries of an example, of the squared difference between their errors d = prediction − label:
 * 2·Σᵢ (dᵢ − d̄)² ÷ (n − 1), twice the variance of the errors. A constant added to all predictions does not matter. Of fewer
 * than two entries it is 0.
 *
 * Shapes `(B,...),(B,...)->(B)`; a mask removes entries, `(B,...)`. In the units of the labels squared.
 *
 * TensorFlow 1's number, which is the sum over the batch, is `reduction: 'sum'`.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Eigen et al. (2014), arXiv:1406.2283; TensorFlow 1 `losses.mean_pairwise_squared_error`.
 * @example meanPairwiseSquaredError([[0, 0, 0]], [[1, 2, 3]]) // [2]
 * @function
 */
export const meanPairwiseSquaredError: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'meanPairwiseSquaredError',
  signature: '(B,...),(B,...)->(B,...)->(B)',
  domains: [real, real],
  options: {},
  formula: ({ labels, predictions }, _, valid) => ofExamples(twiceVariance, predictions, labels, valid),
});

/** Twice the variance of the errors of each example, of its entries that count. */
const twiceVariance = /* @__PURE__ */ exampleFormula((predictions, labels, counts) => {
  const errors = halfDifference(predictions, labels);
  const halves = counts ? where(counts, errors, 0) : errors;
  const n = countOf(halves, counts);
  // Divided before they are added: their sum may be beyond float32.
  const center = sum(div(halves, atLeast(n, 1)), 1, true);
  const centered = sub(halves, center);
  const deviations = counts ? where(counts, centered, 0) : centered;
  return sum(mul(deviations, mul(div(8, atLeast(sub(n, 1), 1)), deviations)), 1);
});
