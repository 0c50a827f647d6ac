import { ofClasses } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import { axes, flag, labelOrNull, positiveFraction, probabilityFloor } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { boundedPowerLog, expm1 } from '../../numerics/functions.js';
import { logSoftmax } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { div, mul, neg } from '../../tfjs/ops.js';

export interface GeneralizedCrossentropyOptions extends ClassAxisOption {
  /** The power q, more than 0 and at most 1: towards 0 it is the cross-entropy, at 1 the error 1 − p. Default 0.5. */
  readonly q: number;
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Lower bound of probabilities in the derivative, which is infinite at 0. Default 1e-7. */
  readonly epsilon: number;
  /** A class index that marks positions which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

/**
 * Generalized cross-entropy, which bears wrong labels: Σ_c y_c·(1 − p_c^q)/q.
 *
 * Shapes `(...,C),(...,C)->(...)`; labels may also be class indices `(...)`. Without unit.
 *
 * Predictions are probabilities, which are taken as they are, or logits with `fromLogits`.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range.
 * @see Zhang & Sabuncu (2018), doi:10.48550/arXiv.1805.07836; Keras `CategoricalGeneralizedCrossEntropy`, which takes
 * class indices and q < 1.
 * @example generalizedCrossentropy([1], [[0.75, 0.25]]) // [1]
 * @function
 */
export const generalizedCrossentropy: Loss<GeneralizedCrossentropyOptions> =
  /* @__PURE__ */ defineLoss<GeneralizedCrossentropyOptions>({
    name: 'generalizedCrossentropy',
    aliases: { gce: {} },
    keras: {
      className: 'CategoricalGeneralizedCrossEntropy',
      name: 'categorical_generalized_cross_entropy',
      options: { q: 'q' },
      // Keras up to 3.15 does not find this class by its own config.
      can: () => false,
    },
    signature: '(...,C),(...,C)->(...)',
    takesIndices: ofClasses,
    domains: ({ fromLogits }) => [distribution, fromLogits ? logit : distribution],
    options: {
      q: [0.5, positiveFraction],
      fromLogits: [false, flag],
      epsilon: [1e-7, probabilityFloor],
      axis: [-1, axes],
      ignoreIndex: [null, labelOrNull],
    },
    formula: ({ labels, predictions }, { q, fromLogits, epsilon }) => {
      const powerLog = fromLogits
        ? div(expm1(mul(q, logSoftmax(predictions))), q)
        : boundedPowerLog(predictions, q, epsilon);
      return neg(sum(mul(labels, powerLog), -1));
    },
  });
