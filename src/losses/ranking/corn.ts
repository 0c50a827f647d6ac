import type { Loss } from '../../definition/definition.js';
import { logit, ordinal } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { softplus } from '../../numerics/functions.js';
import { cast, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { neg } from '../../tfjs/ops.js';
import { isAboveThresholds, reachesThresholds } from './common/thresholds.js';

/**
 * Conditional ordinal loss (CORN) of logits x_k of lying above the threshold k, given that the one before is exceeded, for
 * the index y of one of the classes 0 to K in their order: −Σ_{k<y} ln σ(x_k) − ln(1 − σ(x_y)), with σ the logistic
 * function; the second term is none for the class K. The predicted class is the number of k for which the product of σ(x_j),
 * j ≤ k, is above ½.
 *
 * Shapes `(...),(...,K)->(...)`, K being one less than there are classes. In nats.
 *
 * `reduction: 'weightedMean'` divides by the number, or the weights, of terms: those of an example are the tasks that it is
 * trained on.
 *
 * @throws if the shapes do not fit, a label is no class index from 0 to K, or an option is unknown. Labels that lie on a
 * GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Shi et al. (2023), doi:10.1007/s10044-023-01181-9; coral-pytorch `corn_loss` (`reduction: 'weightedMean'`).
 * @example corn([0, 2], [[1, -1], [1, -1]]) // [1.3133, 1.6265]
 * @function
 */
export const corn: Loss<object> = /* @__PURE__ */ defineLoss<object>({
  name: 'corn',
  signature: '(...),(...,K)->(...)',
  domains: [ordinal, logit],
  options: {},
  formula: ({ labels, predictions }) => {
    const isTask = reachesThresholds(labels, predictions);
    const losses = softplus(where(isAboveThresholds(labels, predictions), neg(predictions), predictions));
    return {
      values: sum(where(isTask, losses, 0), -1),
      ownWeight: constant(() => sum(cast(isTask, 'float32'), -1)),
    };
  },
});
