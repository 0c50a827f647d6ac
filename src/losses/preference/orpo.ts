import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logProbability } from '../../definition/domain.js';
import { positive } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradients } from '../../numerics/autodiff.js';
import { bounded, exp, expm1, softplus } from '../../numerics/functions.js';
import { logRatio } from '../../numerics/logRatio.js';
import { representable, where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { add, less, mul, neg, sub } from '../../tfjs/ops.js';

export interface OrpoOptions {
  /** Factor β of the whole loss. Default 0.1. */
  readonly beta: number;
}

type Inputs = readonly [chosen: TensorInput, rejected: TensorInput];

/**
 * Odds ratio of preference optimization: −β·ln σ(z), with σ the logistic function and z = ln o(c) − ln o(r) the difference of
 * the log-odds ln o(x) = x − ln(1 − e^x) of the chosen and of the rejected answer. Their log-probabilities c and r are means
 * over their tokens.
 *
 * Shapes `(B),(B)->(B)`. In nats.
 *
 * The paper adds the cross-entropy of the chosen answer, which `combine` can add. Of an answer that is certain, 1 − e^x is
 * taken for 1e-30.
 *
 * @throws if the shapes differ, a log-probability of a chosen answer is above 0, or an option is unknown or out of range.
 * Log-probabilities on a GPU are checked with `validate: true`.
 * @see Hong et al. (2024), doi:10.48550/arXiv.2403.07691; TRL `ORPOTrainer`, Liger `LigerFusedLinearORPOLoss`.
 * @example orpo([-0.5, -1.25], [-1.5, -1]) // [0.0171, 0.0896]
 * @function
 */
export const orpo: Loss<OrpoOptions, Inputs> = /* @__PURE__ */ defineLoss<OrpoOptions, 'chosen' | 'rejected', Inputs>({
  name: 'orpo',
  aliases: { oddsRatioPreferenceOptimization: {} },
  signature: '(B),(B)->(B)',
  inputs: ['chosen', 'rejected'],
  domains: [logProbability, logProbability],
  options: { beta: [0.1, positive] },
  formula: ({ chosen, rejected }, { beta }) => mul(beta, surpriseOfOdds(chosen, rejected)),
});

/** 1 − eˣ. */
const restOf = (x: Tensor): Tensor => bounded(neg(expm1(x)), representable(1e-30));

/**
 * −ln σ(z) of c and r, two tensors of one shape. With 1 − p = 1 − e^c, 1 − q = 1 − e^r and D = q·(1 − p) + p·(1 − q), its
 * derivatives are −q ÷ D and q·(1 − p) ÷ ((1 − q)·D), where those of the parts would be 0·∞ near certainty.
 */
const surpriseOfOdds: (c: Tensor, r: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (c, r) => {
    // Not by both log-odds, which have fewer digits than their difference where they are close.
    const logOddsRatio = add(sub(c, r), logRatio(restOf(r), restOf(c)));
    return softplus(neg(logOddsRatio));
  },
  (dy, c, r) => {
    // Both probabilities by the larger one, as they may be below float32.
    const largest = constant(() => where(less(c, r), r, c));
    const [p, q] = [exp(sub(c, largest)), exp(sub(r, largest))];
    const [restOfP, restOfQ] = [restOf(c), restOf(r)];
    const all = add(mul(q, restOfP), mul(p, restOfQ));
    const share = mul(dy, ratio(q, all));
    return [neg(share), mul(share, ratio(restOfP, restOfQ))];
  },
);
