import { add, less, log, logicalAnd, mul, sub, sum, where, type Tensor } from '@tensorflow/tfjs-core';
import { defineLoss, type Loss } from '../../core/define.js';
import {
  distributionFormat,
  formatDomains,
  logOf,
  logWherePresent,
  type DistributionFormat,
} from '../../core/distribution.js';
import { atLeast, boundedLog, constant, exp, mulNoNan, xLogX } from '../../core/numerics.js';
import { axes, logarithmBase, positive, probabilityFloorOrNull } from '../../core/kinds.js';
import type { BaseOption, ClassAxisOption } from '../../core/sharedOptions.js';

export interface KlDivergenceOptions extends BaseOption, ClassAxisOption {
  /** How predictions are written: `'probabilities'` (default), `'logProbabilities'` or `'logits'`. */
  readonly predictionFormat: DistributionFormat;
  /** How labels are written: `'probabilities'` (default), `'logProbabilities'` or `'logits'`. */
  readonly labelFormat: DistributionFormat;
  /** Lower bound of probabilities: of predictions, and as in Keras of labels if both are. Null: none. Default 1e-7. */
  readonly epsilon: number | null;
  /** Divides the logits of both sides; no factor T² is added. Default 1. */
  readonly temperature: number;
}

/**
 * Kullback-Leibler divergence of predictions p from labels y: KL(y‖p) = Σ_c y_c·(ln y_c − ln p_c), with
 * 0·ln 0 = 0. It is the cross-entropy less the entropy of the labels, and not symmetric.
 *
 * Shapes `(...,C),(...,C)->(...)`. In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * PyTorch's `batchmean` is `reduction: 'mean'`, since the class axis is summed here already.
 *
 * @throws if the shapes differ, an option is unknown or out of range, or a temperature meets no logits.
 * @see Kullback & Leibler (1951), doi:10.1214/aoms/1177729694; Keras `KLDivergence`, PyTorch `kl_div`, optax
 * `kl_divergence` and `kl_divergence_with_log_targets`.
 * @example klDivergence([[1, 0, 0]], [[0.5, 0.25, 0.25]], { base: 2, epsilon: null }) // [1]
 * @function
 */
export const klDivergence: Loss<KlDivergenceOptions> = /* @__PURE__ */ defineLoss<KlDivergenceOptions>({
  name: 'klDivergence',
  keras: { className: 'KLDivergence', name: 'kl_divergence', options: {} },
  signature: '(...,C),(...,C)->(...)',
  domains: ({ labelFormat, predictionFormat }) => [formatDomains[labelFormat], formatDomains[predictionFormat]],
  options: {
    predictionFormat: ['probabilities', distributionFormat],
    labelFormat: ['probabilities', distributionFormat],
    epsilon: [1e-7, probabilityFloorOrNull],
    temperature: [1, positive],
    base: [Math.E, logarithmBase],
    axis: [-1, axes],
  },
  check: ({ temperature, predictionFormat, labelFormat }) =>
    temperature === 1 || predictionFormat === 'logits' || labelFormat === 'logits'
      ? undefined
      : 'temperature acts on logits; expected predictionFormat or labelFormat to be "logits"',
  formula: ({ labels, predictions }, options) => {
    const { predictionFormat, labelFormat, epsilon, temperature } = options;
    if (labelFormat === 'probabilities' && predictionFormat === 'probabilities' && epsilon !== null) {
      return boundedDivergence(labels, predictions, epsilon);
    }
    const logY = labelFormat === 'probabilities' ? null : logOf(labels, labelFormat, temperature);
    const y = logY === null ? labels : exp(logY);
    const logP = logPredictions(predictions, y, options);
    return sum(sub(logY === null ? xLogX(y) : mulNoNan(y, logY), mulNoNan(y, logP)), -1);
  },
});

function logPredictions(
  predictions: Tensor,
  y: Tensor,
  { predictionFormat, epsilon, temperature }: KlDivergenceOptions,
): Tensor {
  if (predictionFormat !== 'probabilities') return logOf(predictions, predictionFormat, temperature);
  return epsilon === null ? logWherePresent(predictions, y) : boundedLog(predictions, epsilon);
}

/**
 * Keras's form: both sides bounded from below. The gradient is that of the unbounded formula with bounded
 * denominators, and none where both sides lie below the bound.
 */
function boundedDivergence(labels: Tensor, predictions: Tensor, epsilon: number): Tensor {
  const isAbsent = constant(() => logicalAnd(less(labels, epsilon), less(predictions, epsilon)));
  const y = atLeast(labels, epsilon);
  const raised = add(
    labels,
    constant(() => sub(y, labels)),
  );
  return sum(where(isAbsent, 0, sub(mul(y, log(y)), mul(raised, boundedLog(predictions, epsilon)))), -1);
}
