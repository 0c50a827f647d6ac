import { ofClasses } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import { finite, labelOrNull } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { sum } from '../../numerics/sum.js';
import { classPredictionOptions, type ClassPredictionOptions } from '../common/classPredictionOptions.js';
import { classesOf, NORMALIZED } from '../common/classes.js';
import { add, mul, neg } from '../../tfjs/ops.js';
import { smoothed } from './common/smoothed.js';

export interface PolyCrossentropyOptions extends ClassPredictionOptions {
  /** Factor ε₁ of 1 − p: any finite number. 0 gives the cross-entropy. Default 2. */
  readonly polyEpsilon: number;
  /** A class index that marks positions which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

/**
 * Poly-1 cross-entropy: −Σ_c y_c·ln p_c + ε₁·Σ_c y_c·(1 − p_c), with labels smoothed to (1 − s)·y + s/C.
 *
 * Shapes `(...,C),(...,C)->(...)`; labels may also be class indices `(...)`. In nats.
 *
 * Predictions are probabilities, or logits with `fromLogits`. Probabilities are made to sum to 1, and
 * their logarithm is bounded at `epsilon`, but the gradient does not vanish there.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range.
 * @see Leng et al. (2022), doi:10.48550/arXiv.2204.12511; optax `poly_loss_cross_entropy`, timm `PolyCrossEntropy`.
 * @example polyCrossentropy([1], [[0.5, 0.5]]) // [1.6931]
 * @function
 */
export const polyCrossentropy: Loss<PolyCrossentropyOptions> = /* @__PURE__ */ defineLoss<PolyCrossentropyOptions>({
  name: 'polyCrossentropy',
  aliases: { poly: {}, poly1: {}, polyLossCrossEntropy: { fromLogits: true } },
  signature: '(...,C),(...,C)->(...)',
  takesIndices: ofClasses,
  domains: ({ fromLogits }) => [distribution, fromLogits ? logit : distribution],
  range: NORMALIZED,
  options: { ...classPredictionOptions, polyEpsilon: [2, finite], ignoreIndex: [null, labelOrNull] },
  formula: ({ labels, predictions }, options) => {
    const y = smoothed(labels, options.labelSmoothing, predictions.shape.at(-1) ?? 1);
    const { timesLog, missing } = classesOf(predictions, options);
    return sum(add(neg(timesLog(y, null)), mul(options.polyEpsilon, mul(y, missing()))), -1);
  },
});
