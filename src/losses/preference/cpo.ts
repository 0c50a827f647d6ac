import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logProbability } from '../../definition/domain.js';
import { oneOf, positive } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { mul, sub } from '../../tfjs/ops.js';
import { preferenceSmoothing, smoothedSurprise, type PreferenceSmoothing } from './common/smoothing.js';

export interface CpoOptions extends PreferenceSmoothing {
  /** What is made of the difference of the two log-probabilities. Default `'sigmoid'`. */
  readonly objective: 'sigmoid' | 'hinge';
  /** Factor β of the log-probabilities, the inverse of a temperature. Default 0.1. */
  readonly beta: number;
}

type Inputs = readonly [chosen: TensorInput, rejected: TensorInput];

/**
 * Contrastive preference optimization: −ln σ(h) with h = β·(ln π(chosen) − ln π(rejected)) and σ the logistic function: direct
 * preference optimization with a uniform reference. The inputs are the log-probabilities of whole answers, sums over their
 * tokens.
 *
 * Shapes `(B),(B)->(B)`. In nats, for the objective `'sigmoid'`.
 *
 * With label smoothing ε: −(1 − ε)·ln σ(h) − ε·ln σ(−h). The objective `'hinge'` is max(0, 1 − h). The paper adds the
 * cross-entropy of the chosen answer, which `combine` can add.
 *
 * @throws if the shapes differ, `labelSmoothing` is given for the objective `'hinge'`, or an option is unknown or out of
 * range.
 * @see Xu et al. (2024), doi:10.48550/arXiv.2401.08417; TRL `CPOTrainer`, Liger `LigerFusedLinearCPOLoss`.
 * @example cpo([-10, -12], [-14, -9]) // [0.513, 0.8544]
 * @function
 */
export const cpo: Loss<CpoOptions, Inputs> = /* @__PURE__ */ defineLoss<CpoOptions, 'chosen' | 'rejected', Inputs>({
  name: 'cpo',
  aliases: { contrastivePreferenceOptimization: {} },
  signature: '(B),(B)->(B)',
  inputs: ['chosen', 'rejected'],
  domains: [logProbability, logProbability],
  range: null,
  options: {
    objective: ['sigmoid', /* @__PURE__ */ oneOf('sigmoid', 'hinge')],
    beta: [0.1, positive],
    ...preferenceSmoothing,
  },
  check: ({ objective, labelSmoothing }) =>
    labelSmoothing !== 0 && objective === 'hinge'
      ? `labelSmoothing is ${labelSmoothing}; expected 0 for the objective "hinge"`
      : undefined,
  formula: ({ chosen, rejected }, { objective, beta, labelSmoothing }) => {
    const h = mul(beta, sub(chosen, rejected));
    return objective === 'hinge' ? relu(sub(1, h)) : smoothedSurprise(h, labelSmoothing);
  },
});
