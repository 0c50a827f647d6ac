import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, ordinal } from '../../definition/domain.js';
import { perThreshold } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { sum, times } from '../../numerics/sum.js';
import { neg } from '../../tfjs/ops.js';
import { isAboveThresholds } from './common/thresholds.js';

export interface CoralOptions {
  /** One weight per threshold, `[K]`: how much it counts. Default null, all alike. */
  readonly thresholdWeights: TensorInput | null;
}

/**
 * Ordinal loss (CORAL) of logits x_k of lying above the threshold k, for the index y of one of the classes 0 to K in their
 * order: −Σ_{k<y} w_k·ln σ(x_k) − Σ_{k≥y} w_k·ln(1 − σ(x_k)), with σ the logistic function and weights w, 1 by default.
 * The predicted class is the number of logits above 0.
 *
 * Shapes `(...),(...,K)->(...)`, K being one less than there are classes. In nats.
 *
 * @throws if the shapes do not fit, a label is no class index from 0 to K, or an option is unknown or out of range. Labels
 * that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Cao et al. (2020), doi:10.1016/j.patrec.2020.11.008; coral-pytorch `coral_loss` (`importance_weights`), TensorFlow
 * Ranking `OrdinalLoss`.
 * @example coral([0, 2], [[1, -1], [1, -1]]) // [1.6265, 1.6265]
 * @function
 */
export const coral: Loss<CoralOptions> = /* @__PURE__ */ defineLoss<CoralOptions>({
  name: 'coral',
  aliases: { ordinal: {} },
  signature: '(...),(...,K)->(...)',
  domains: [ordinal, logit],
  options: { thresholdWeights: [null, perThreshold] },
  formula: ({ labels, predictions }, { thresholdWeights }) => {
    const isAbove = isAboveThresholds(labels, predictions);
    const losses = softplus(where(isAbove, neg(predictions), predictions));
    return sum(thresholdWeights === null ? losses : times(thresholdWeights as Tensor, losses), -1);
  },
});
