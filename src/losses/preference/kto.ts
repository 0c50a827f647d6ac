import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { binaryClass, held, logProbability } from '../../definition/domain.js';
import { finite, heldConstant, nonNegative, numberOrScalar, positive } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { sigmoid } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { equal, mul, neg, sub } from '../../tfjs/ops.js';

export interface KtoOptions {
  /** Factor β of the log-ratios, the inverse of a temperature: how close to stay to the reference. Default 0.1. */
  readonly beta: number;
  /**
   * The divergence z of policy and reference, in nats, with which log-ratios are compared: a number, or a tensor of one. Held
   * constant. Default 0.
   */
  readonly kl: TensorInput;
  /** Factor of the losses of desirable answers. Default 1. */
  readonly desirableWeight: number;
  /** Factor of the losses of undesirable answers. Default 1. */
  readonly undesirableWeight: number;
}

type Inputs = readonly [labels: TensorInput, policy: TensorInput, reference: TensorInput];

/**
 * Kahneman-Tversky optimization: σ(−h) of a desirable answer, with label 1, and σ(h) of an undesirable one, with label 0, times
 * their weights. Here σ is the logistic function and h = β·(ln π − ln π_ref − z), of the log-probabilities of a whole answer,
 * sums over its tokens, under policy and reference.
 *
 * Shapes `(B),(B),(B)->(B)`. Without unit, from 0 to the weight.
 *
 * Reference and `kl` are held constant: the derivatives for them are 0.
 *
 * @throws if the shapes differ, a label is neither 0 nor 1, or an option is unknown or out of range. Labels that lie on a GPU
 * are checked with `validate: true`; one that is not 1 counts as 0 otherwise.
 * @see Ethayarajh et al. (2024), doi:10.48550/arXiv.2402.01306; TRL `KTOTrainer`, Liger `LigerFusedLinearKTOLoss`.
 * @example kto([1, 0], [-10, -12], [-11, -11], { kl: 0.5 }) // [0.4875, 0.4626]
 * @function
 */
export const kto: Loss<KtoOptions, Inputs> = /* @__PURE__ */ defineLoss<
  KtoOptions,
  'labels' | 'policy' | 'reference',
  Inputs
>({
  name: 'kto',
  aliases: { kahnemanTverskyOptimization: {} },
  signature: '(B),(B),(B)->(B)',
  inputs: ['labels', 'policy', 'reference'],
  domains: [binaryClass, logProbability, /* @__PURE__ */ held(logProbability)],
  range: null,
  options: {
    beta: [0.1, positive],
    kl: [0, /* @__PURE__ */ heldConstant(/* @__PURE__ */ numberOrScalar(finite))],
    desirableWeight: [1, nonNegative],
    undesirableWeight: [1, nonNegative],
  },
  formula: ({ labels, policy, reference }, { beta, kl, desirableWeight, undesirableWeight }) => {
    const isDesirable = constant(() => equal(labels, 1));
    const weight = constant(() => where(isDesirable, desirableWeight, undesirableWeight));
    const h = mul(beta, sub(sub(policy, reference), kl as Tensor | number));
    return mul(weight, sigmoid(where(isDesirable, neg(h), h)));
  },
});
