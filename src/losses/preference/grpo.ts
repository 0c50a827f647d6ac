import { exp, onesLike, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { held, logProbability, real } from '../../definition/domain.js';
import {
  fraction,
  heldConstant,
  nonNegative,
  nonNegativeOrNull,
  oneOf,
  perPositionOrNull,
  positiveOrNull,
  temperature,
} from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { atLeast, atMost, expm1, expm1MinusX, mulNoNan, sigmoid } from '../../numerics/functions.js';
import { cast, where } from '../../numerics/portable.js';
import { minus, plus } from '../../numerics/scalars.js';
import { stretch, sum } from '../../numerics/sum.js';
import { add, div, expandDims, less, mul, neg, sub } from '../../tfjs/ops.js';
import { clippedSurrogate } from '../common/clippedSurrogate.js';

/** What is made of the ratio of a token and the advantage of its answer. */
export type GrpoObjective = 'clip' | 'cispo' | 'sapo';

export interface GrpoOptions {
  /** What is made of ratios and advantages. Default `'clip'`. */
  readonly objective: GrpoObjective;
  /** How far below 1 the ratio r is still followed by `'clip'`, from 0 to 1, and above 1 without `clipRangeHigh`. Default 0.2. */
  readonly clipRange: number;
  /**
   * How far above 1 the ratio r is still followed by `'clip'`; for `'cispo'` the largest ratio itself. Default null, `clipRange`
   * for `'clip'` and 5 for `'cispo'`.
   */
  readonly clipRangeHigh: number | null;
  /** The largest ratio that `'clip'` follows where it would follow any, with a negative advantage. Default null, none. */
  readonly delta: number | null;
  /** Whether the ratio is that of each token, or of a whole answer: the geometric mean of those of its tokens. Default `'token'`. */
  readonly importance: 'token' | 'sequence';
  /** Factor β of the divergence from the reference. Default 0. */
  readonly beta: number;
  /** Log-probabilities of the tokens under the reference, `[B, T]`. Held constant. Default null, with β = 0. */
  readonly referenceLogProbs: TensorInput | null;
  /** Temperature τ of `'sapo'` where the advantage is positive. Default 1. */
  readonly temperaturePositive: number;
  /** Temperature τ of `'sapo'` elsewhere. Default 1.05. */
  readonly temperatureNegative: number;
}

type Inputs = readonly [advantages: TensorInput, logProbs: TensorInput, oldLogProbs: TensorInput];

/**
 * Group relative policy optimization, of each token of an answer: −min(r·A, clip(r, 1 − ε, 1 + ε′)·A) + β·(e^k − k − 1), with
 * the advantage A of the answer, the ratio r = π/π_old of the probabilities of the token under the policy and under the one
 * that drew it, and k = ln π_ref − ln π. Policies are given by the log-probabilities of tokens.
 *
 * Shapes `(B),(B,T),(B,T)->(B,T)`; `mask` removes what is no token of an answer. In the units of the advantages.
 *
 * Other objectives: `'cispo'` −min(r, ε′)·A·ln π, with the ratio held constant; `'sapo'` −4/τ·σ(τ·(r − 1))·A with the logistic
 * function σ. The mean of `'perExample'` is that of the paper, `'mean'` that of DAPO over all tokens.
 *
 * Advantages are those of a group, such as reward minus mean reward of answers to one question. They, the old
 * log-probabilities and the reference are held constant: the derivatives for them are 0. Without a second pass over the
 * answers the old log-probabilities are the new ones, given twice.
 *
 * @throws if the shapes do not fit, `beta` is not 0 without `referenceLogProbs`, `delta` is given for another objective, or an
 * option is unknown or out of range.
 * @see Shao et al. (2024), doi:10.48550/arXiv.2402.03300; Yu et al. (2025), doi:10.48550/arXiv.2503.14476; of sequences Zheng
 * et al. (2025), doi:10.48550/arXiv.2507.18071; of `'cispo'` MiniMax (2025), doi:10.48550/arXiv.2506.13585; of `'sapo'` Gao et
 * al. (2025), doi:10.48550/arXiv.2511.20347; TRL `GRPOTrainer`, Liger `LigerFusedLinearGRPOLoss`.
 * @example grpo([1, -1], [[-1, -2], [-1, -2]], [[-1.5, -2], [-1.5, -2]]) // [-1.1, 1.3244]
 * @function
 */
export const grpo: Loss<GrpoOptions, Inputs> = /* @__PURE__ */ defineLoss<
  GrpoOptions,
  'advantages' | 'logProbs' | 'oldLogProbs',
  Inputs
>({
  name: 'grpo',
  aliases: {
    groupRelativePolicyOptimization: {},
    cispo: { objective: 'cispo' },
    gspo: { importance: 'sequence' },
    sapo: { objective: 'sapo' },
  },
  signature: '(B),(B,T),(B,T)->(B,T)',
  inputs: ['advantages', 'logProbs', 'oldLogProbs'],
  domains: [/* @__PURE__ */ held(real), logProbability, /* @__PURE__ */ held(logProbability)],
  range: null,
  options: {
    objective: ['clip', /* @__PURE__ */ oneOf('clip', 'cispo', 'sapo')],
    clipRange: [0.2, fraction],
    clipRangeHigh: [null, nonNegativeOrNull],
    delta: [null, positiveOrNull],
    importance: ['token', /* @__PURE__ */ oneOf('token', 'sequence')],
    beta: [0, nonNegative],
    referenceLogProbs: [null, /* @__PURE__ */ heldConstant(perPositionOrNull)],
    temperaturePositive: [1, temperature],
    temperatureNegative: [1.05, temperature],
  },
  check: ({ objective, delta, beta, referenceLogProbs }) => {
    if (beta !== 0 && referenceLogProbs === null) return `beta is ${beta}; expected 0 without referenceLogProbs`;
    return delta === null || objective === 'clip'
      ? undefined
      : `delta is ${delta}; expected null for the objective "${objective}"`;
  },
  formula: ({ advantages, logProbs, oldLogProbs }, options, valid) => {
    const { objective, importance, beta, referenceLogProbs } = options;
    const ofTokens = sub(logProbs, oldLogProbs);
    const surrogate = surrogates[objective]({
      advantages: stretch(expandDims(advantages, -1), logProbs.shape),
      logRatio: importance === 'token' ? ofTokens : meanOfAnswer(ofTokens, valid),
      logProbs,
      options,
    });
    return beta === 0 ? surrogate : add(surrogate, mul(beta, expm1MinusX(sub(referenceLogProbs as Tensor, logProbs))));
  },
});

/** What a surrogate is made of: advantages, logarithms of ratios and of probabilities of tokens, all of one shape. */
interface Drawn {
  readonly advantages: Tensor;
  readonly logRatio: Tensor;
  readonly logProbs: Tensor;
  readonly options: GrpoOptions;
}

const surrogates: Readonly<Record<GrpoObjective, (drawn: Drawn) => Tensor>> = {
  clip: ({ advantages, logRatio, options: { clipRange, clipRangeHigh, delta } }) => {
    const [low, high] = [minus(1, clipRange), plus(1, clipRangeHigh ?? clipRange)];
    return clippedSurrogate(advantages, logRatio, {
      low,
      high: delta === null ? high : Math.min(high, delta),
      most: delta === null ? null : Math.max(high, delta),
    });
  },
  cispo: ({ advantages, logRatio, logProbs, options: { clipRangeHigh } }) => {
    const ratio = constant(() => atMost(exp(logRatio), clipRangeHigh ?? 5));
    return neg(mulNoNan(mul(ratio, advantages), logProbs));
  },
  sapo: ({ advantages, logRatio, options: { temperaturePositive, temperatureNegative } }) => {
    const tau = constant(() => where(less(0, advantages), temperaturePositive, temperatureNegative));
    // Beyond e⁸⁰ the gate is open, and its derivative 0 in place of 0·∞.
    const gate = sigmoid(mul(tau, expm1(atMost(logRatio, 80))));
    return neg(mul(div(mul(4, gate), tau), advantages));
  },
};

/** The mean over the tokens of an answer that count, for each of its tokens. */
function meanOfAnswer(x: Tensor, valid: Tensor | null): Tensor {
  const shares = constant(() => {
    const counts = valid ? stretch(cast(valid, 'float32'), x.shape) : onesLike(x);
    return div(counts, atLeast(sum(counts, -1, true), 1));
  });
  return stretch(sum(mul(shares, x), -1, true), x.shape);
}
