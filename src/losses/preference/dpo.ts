import { relu, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { held, logProbability } from '../../definition/domain.js';
import { heldConstant, oneOf, positiveAlong, positiveFraction, temperature } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { exp, sigmoid, softplus } from '../../numerics/functions.js';
import { minus, over } from '../../numerics/scalars.js';
import { add, div, mul, neg, square, sub } from '../../tfjs/ops.js';
import { bothShares } from './common/bothShares.js';
import { divergenceFromShare } from './common/divergenceFromShare.js';
import { preferenceSmoothing, smoothedSurprise, type PreferenceSmoothing } from './common/smoothing.js';

/** What is made of the log-ratios of two answers. */
export type DpoObjective =
  | 'sigmoid'
  | 'hinge'
  | 'ipo'
  | 'robust'
  | 'exoPair'
  | 'ncaPair'
  | 'bcoPair'
  | 'sppoHard'
  | 'apoZero'
  | 'apoDown'
  | 'discopop';

export interface DpoOptions extends PreferenceSmoothing {
  /** What is made of the log-ratios of the two answers. Default `'sigmoid'`. */
  readonly objective: DpoObjective;
  /** Factor β of the log-ratios, the inverse of a temperature, from 1e-15: how close to stay to the reference. Default 0.1. */
  readonly beta: number;
  /** How sharply `'discopop'` turns from the one loss to the other, τ up to 1. Default 0.05. */
  readonly tau: number;
  /** Numbers of tokens of the chosen answers, `[B]`, by which `'ipo'` divides their log-ratios. Default null, no division. */
  readonly chosenLengths: TensorInput | null;
  /** Numbers of tokens of the rejected answers, `[B]`; given where `chosenLengths` is. Default null. */
  readonly rejectedLengths: TensorInput | null;
}

type Inputs = readonly [
  chosen: TensorInput,
  rejected: TensorInput,
  referenceChosen: TensorInput,
  referenceRejected: TensorInput,
];

/**
 * Direct preference optimization: −ln σ(h) with h = β·(a − b), σ the logistic function, a = ln π(chosen) − ln π_ref(chosen)
 * and b likewise of the rejected answer. The four inputs are the log-probabilities of whole answers, sums over their tokens.
 *
 * Shapes `(B),(B),(B),(B)->(B)`. In nats, for the objective `'sigmoid'`.
 *
 * With label smoothing ε: −(1 − ε)·ln σ(h) − ε·ln σ(−h). Other objectives: `'robust'`
 * (−(1 − ε)·ln σ(h) + ε·ln σ(−h)) ÷ (1 − 2·ε); `'exoPair'` the divergence of σ(h) and σ(−h) from 1 − ε and ε; `'hinge'` max(0, 1 − h); `'ipo'` (a − b − 1/(2·β))²;
 * `'sppoHard'` (a − 1/(2·β))² + (b + 1/(2·β))²; `'bcoPair'` −ln σ(β·a) − ln σ(−β·b); `'ncaPair'`
 * −ln σ(β·a) − ½·ln σ(−β·a) − ½·ln σ(−β·b); `'apoZero'` σ(−β·a) + σ(β·b); `'apoDown'` σ(β·a) + σ(−h); `'discopop'`
 * −(1 − m)·ln σ(h) + m·e^(−h) with m = σ(h/τ).
 *
 * The log-probabilities of the reference and the lengths are held constant: the derivatives for them are 0.
 *
 * @throws if the shapes differ, only one of the lengths is given, an option does not go with the objective, or one is
 * unknown or out of range.
 * @see Rafailov et al. (2023), doi:10.48550/arXiv.2305.18290; of the objectives Azar et al. (2023),
 * doi:10.48550/arXiv.2310.12036, Chowdhury et al. (2024), doi:10.48550/arXiv.2403.00409, Ji et al. (2024),
 * doi:10.48550/arXiv.2402.00856, Wu et al. (2024), doi:10.48550/arXiv.2405.00675, D'Oosterlinck et al. (2024),
 * doi:10.48550/arXiv.2408.06266, Lu et al. (2024), doi:10.48550/arXiv.2406.08414; TRL `DPOTrainer`, Liger
 * `LigerFusedLinearDPOLoss`.
 * @example dpo([-10, -12], [-14, -9], [-11, -11], [-12, -10]) // [0.5544, 0.7981]
 * @function
 */
export const dpo: Loss<DpoOptions, Inputs> = /* @__PURE__ */ defineLoss<
  DpoOptions,
  'chosen' | 'rejected' | 'referenceChosen' | 'referenceRejected',
  Inputs
>({
  name: 'dpo',
  aliases: { directPreferenceOptimization: {}, ipo: { objective: 'ipo' } },
  signature: '(B),(B),(B),(B)->(B)',
  inputs: ['chosen', 'rejected', 'referenceChosen', 'referenceRejected'],
  domains: [logProbability, logProbability, /* @__PURE__ */ held(logProbability), /* @__PURE__ */ held(logProbability)],
  range: null,
  options: {
    objective: [
      'sigmoid',
      /* @__PURE__ */ oneOf(
        'sigmoid',
        'hinge',
        'ipo',
        'robust',
        'exoPair',
        'ncaPair',
        'bcoPair',
        'sppoHard',
        'apoZero',
        'apoDown',
        'discopop',
      ),
    ],
    // Its inverse is squared.
    beta: [0.1, temperature],
    ...preferenceSmoothing,
    tau: [0.05, positiveFraction],
    chosenLengths: [null, /* @__PURE__ */ heldConstant(/* @__PURE__ */ positiveAlong('B'))],
    rejectedLengths: [null, /* @__PURE__ */ heldConstant(/* @__PURE__ */ positiveAlong('B'))],
  },
  check: (options) => smoothingConflict(options) ?? lengthConflict(options),
  formula: ({ chosen, rejected, referenceChosen, referenceRejected }, options) => {
    const { objective, beta, labelSmoothing, tau, chosenLengths, rejectedLengths } = options;
    const a = perLength(sub(chosen, referenceChosen), chosenLengths);
    const b = perLength(sub(rejected, referenceRejected), rejectedLengths);
    return lossOf[objective]({ a, b, h: mul(beta, sub(a, b)), beta, smoothing: labelSmoothing, tau });
  },
});

/** What objectives are made of; see `dpo`. */
interface LogRatios {
  readonly a: Tensor;
  readonly b: Tensor;
  readonly h: Tensor;
  readonly beta: number;
  readonly smoothing: number;
  readonly tau: number;
}

const lossOf: Readonly<Record<DpoObjective, (ratios: LogRatios) => Tensor>> = {
  sigmoid: ({ h, smoothing }) => smoothedSurprise(h, smoothing),
  hinge: ({ h }) => relu(sub(1, h)),
  ipo: ({ a, b, beta }) => square(sub(sub(a, b), over(0.5, beta))),
  // −ln σ(−h) is h more than −ln σ(h).
  robust: ({ h, smoothing }) => sub(softplus(neg(h)), mul(over(smoothing, minus(1, 2 * smoothing)), h)),
  exoPair: ({ h, smoothing }) => divergenceFromShare(h, minus(1, smoothing), smoothing),
  ncaPair: ({ a, b, beta }) => {
    const [own, other] = [mul(beta, a), mul(beta, b)];
    return add(softplus(neg(own)), mul(0.5, add(softplus(own), softplus(other))));
  },
  bcoPair: ({ a, b, beta }) => add(softplus(mul(-beta, a)), softplus(mul(beta, b))),
  sppoHard: ({ a, b, beta }) => add(square(sub(a, over(0.5, beta))), square(add(b, over(0.5, beta)))),
  apoZero: ({ a, b, beta }) => add(sigmoid(mul(-beta, a)), sigmoid(mul(beta, b))),
  apoDown: ({ a, b, beta }) => bothShares(mul(beta, a), mul(beta, b)),
  discopop: ({ h, tau }) => {
    const turned = neg(div(h, tau));
    // m·e⁻ʰ by its logarithm: e⁻ʰ alone may be beyond float32.
    return add(mul(sigmoid(turned), softplus(neg(h))), exp(neg(add(h, softplus(turned)))));
  },
};

const perLength = (logRatios: Tensor, lengths: TensorInput | null): Tensor =>
  lengths === null ? logRatios : div(logRatios, lengths as Tensor);

function smoothingConflict({ objective, labelSmoothing }: DpoOptions): string | undefined {
  const refuse = (expected: string): string =>
    `labelSmoothing is ${labelSmoothing}; expected ${expected} for the objective "${objective}"`;
  if (objective === 'sigmoid') return undefined;
  if (objective === 'robust') return labelSmoothing < 0.5 ? undefined : refuse('less than 0.5');
  if (objective === 'exoPair') {
    return labelSmoothing > 0 && labelSmoothing < 1 ? undefined : refuse('more than 0 and less than 1');
  }
  return labelSmoothing === 0 ? undefined : refuse('0');
}

function lengthConflict({ objective, chosenLengths, rejectedLengths }: DpoOptions): string | undefined {
  if ((chosenLengths === null) !== (rejectedLengths === null)) {
    return 'only one of chosenLengths and rejectedLengths is given; expected both or none';
  }
  return chosenLengths === null || objective === 'ipo'
    ? undefined
    : `chosenLengths and rejectedLengths are given; expected null for the objective "${objective}"`;
}
