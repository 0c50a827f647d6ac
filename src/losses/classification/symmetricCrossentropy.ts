import type { Tensor } from '@tensorflow/tfjs-core';
import { ofClasses } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import { axes, flag, labelOrNull, nonNegative, probabilityFloor, within } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withDerivativeOf } from '../../numerics/autodiff.js';
import { boundedLog } from '../../numerics/functions.js';
import { normalized } from '../../numerics/normalized.js';
import { lowest, where } from '../../numerics/portable.js';
import { exponential } from '../../numerics/scalars.js';
import { softmax } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { add, equal, max, mul, neg, sub } from '../../tfjs/ops.js';
import { classesOf, NORMALIZED } from '../common/classes.js';

export interface SymmetricCrossentropyOptions extends ClassAxisOption {
  /** Factor α of the cross-entropy. Default 0.1. */
  readonly alpha: number;
  /** Factor β of the reverse cross-entropy. Default 1. */
  readonly beta: number;
  /** Lower bound of the logarithm of a label, from -80 to 0, which stands for ln 0. Default -4. */
  readonly logZero: number;
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Lower bound of probabilities in the logarithm. Default 1e-7. */
  readonly epsilon: number;
  /** A class index that marks positions which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

/**
 * Symmetric cross-entropy, which bears wrong labels: −α·Σ_c y_c·ln p_c − β·Σ_c p_c·ln y_c, where ln y is at least
 * `logZero`.
 *
 * Shapes `(...,C),(...,C)->(...)`; labels may also be class indices `(...)`. In nats.
 *
 * Predictions are probabilities, or logits with `fromLogits`. Probabilities are made to sum to 1, and
 * their logarithm is bounded at `epsilon`, but the gradient does not vanish there.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range.
 * @see Wang et al. (2019), doi:10.1109/ICCV.2019.00041.
 * @example symmetricCrossentropy([1], [[0.5, 0.5]]) // [2.0693]
 * @function
 */
export const symmetricCrossentropy: Loss<SymmetricCrossentropyOptions> =
  /* @__PURE__ */ defineLoss<SymmetricCrossentropyOptions>({
    name: 'symmetricCrossentropy',
    aliases: { sce: {} },
    signature: '(...,C),(...,C)->(...)',
    takesIndices: ofClasses,
    domains: ({ fromLogits }) => [distribution, fromLogits ? logit : distribution],
    range: NORMALIZED,
    options: {
      alpha: [0.1, nonNegative],
      beta: [1, nonNegative],
      logZero: [-4, /* @__PURE__ */ within(-80, 0)],
      fromLogits: [false, flag],
      epsilon: [1e-7, probabilityFloor],
      axis: [-1, axes],
      ignoreIndex: [null, labelOrNull],
    },
    formula: ({ labels, predictions }, options) => {
      const { alpha, beta, logZero, fromLogits } = options;
      const p = fromLogits ? softmax(predictions) : normalized(predictions);
      const forward = classesOf(predictions, options).sumTimesLog(labels, null);
      const reverse = meanOf(boundedLog(labels, exponential(logZero)), p);
      return neg(add(mul(alpha, forward), mul(beta, reverse)));
    },
  });

/**
 * Σ_c p_c·x_c. As p sums to 1, its derivatives are also those for x less the x of the likeliest class, from which those of
 * the other classes are to be told apart.
 */
function meanOf(x: Tensor, p: Tensor): Tensor {
  const ofLikeliest = constant(() => max(where(equal(p, max(p, -1, true)), x, lowest()), -1, true));
  return withDerivativeOf(sum(mul(p, sub(x, ofLikeliest)), -1), () => sum(mul(p, x), -1));
}
