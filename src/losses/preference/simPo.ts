import type { Loss } from '../../definition/definition.js';
import { logProbability } from '../../definition/domain.js';
import { nonNegative, positive } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { mul, sub } from '../../tfjs/ops.js';
import { preferenceSmoothing, smoothedSurprise, type PreferenceSmoothing } from './common/smoothing.js';

export interface SimPoOptions extends PreferenceSmoothing {
  /** Factor β of the log-probabilities, the inverse of a temperature. Default 2. */
  readonly beta: number;
  /** By how much γ the chosen answer is to lead, in the units of β times a log-probability. Default 1. */
  readonly gamma: number;
}

type Inputs = readonly [chosen: TensorInput, rejected: TensorInput];

/**
 * Simple preference optimization: −ln σ(h) with h = β·(c − r) − γ, σ the logistic function, and the log-probabilities c of the
 * chosen and r of the rejected answer, means over their tokens.
 *
 * Shapes `(B),(B)->(B)`. In nats.
 *
 * With label smoothing ε: −(1 − ε)·ln σ(h) − ε·ln σ(−h).
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Meng et al. (2024), doi:10.48550/arXiv.2405.14734; TRL `CPOTrainer` (`simpo_gamma`) and Liger
 * `LigerFusedLinearSimPOLoss`, where β is 0.1 and γ is 0.5.
 * @example simPo([-0.5, -1.25], [-1.5, -1]) // [0.3133, 1.7014]
 * @function
 */
export const simPo: Loss<SimPoOptions, Inputs> = /* @__PURE__ */ defineLoss<
  SimPoOptions,
  'chosen' | 'rejected',
  Inputs
>({
  name: 'simPo',
  aliases: { simplePreferenceOptimization: {} },
  signature: '(B),(B)->(B)',
  inputs: ['chosen', 'rejected'],
  domains: [logProbability, logProbability],
  range: null,
  options: { beta: [2, positive], gamma: [1, nonNegative], ...preferenceSmoothing },
  formula: ({ chosen, rejected }, { beta, gamma, labelSmoothing }) =>
    smoothedSurprise(sub(mul(beta, sub(chosen, rejected)), gamma), labelSmoothing),
});
