import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { numberOrPerEntry, within } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { expm1MinusX } from '../../numerics/functions.js';
import { squareTimesExp } from '../../numerics/squares.js';
import { stretch, sum } from '../../numerics/sum.js';
import { add, mul, neg, scalar, sub } from '../../tfjs/ops.js';

export interface GaussianKlOptions {
  /** Mean μ₀ of the prior: a number, or one for each entry, with a gradient. Default 0. */
  readonly priorMean: TensorInput;
  /** Logarithm v₀ of the variance of the prior: a number, or one for each entry, with a gradient. Default 0. */
  readonly priorLogVariance: TensorInput;
}

type Inputs = readonly [mean: TensorInput, logVariance: TensorInput];

/**
 * Kullback-Leibler divergence of a Gaussian of independent entries from its prior, as in a variational autoencoder:
 * ½·Σ (e^(v − v₀) + (μ − μ₀)²·e^(−v₀) − 1 − (v − v₀)), with means μ and logarithms v of variances.
 *
 * Shapes `(...,D),(...,D)->(...)`. In nats.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Kingma & Welling (2014), doi:10.48550/arXiv.1312.6114; PyTorch `torch.distributions.kl_divergence` of `Normal`.
 * @example gaussianKl([[1, 0]], [[0, 1]]) // [0.8591]
 * @function
 */
export const gaussianKl: Loss<GaussianKlOptions, Inputs> = /* @__PURE__ */ defineLoss<
  GaussianKlOptions,
  'mean' | 'logVariance',
  Inputs
>({
  name: 'gaussianKl',
  aliases: { vaeKl: {} },
  signature: '(...,D),(...,D)->(...)',
  inputs: ['mean', 'logVariance'],
  domains: [real, real],
  options: {
    priorMean: [0, /* @__PURE__ */ numberOrPerEntry(/* @__PURE__ */ within(-1e15, 1e15), 'D')],
    priorLogVariance: [0, /* @__PURE__ */ numberOrPerEntry(/* @__PURE__ */ within(-80, 80), 'D')],
  },
  formula: ({ mean, logVariance }, { priorMean, priorLogVariance }) => {
    const [mean0, logVariance0] = [priorMean, priorLogVariance].map((prior) => repeated(prior, mean.shape));
    const excess = expm1MinusX(sub(logVariance, logVariance0 as Tensor));
    const squares = squareTimesExp(halfDifference(mean, mean0 as Tensor), neg(logVariance0 as Tensor));
    return sum(add(mul(0.5, excess), mul(2, squares)), -1);
  },
});

/** A number, or a tensor of the shape, in the shape. */
const repeated = (x: TensorInput, shape: number[]): Tensor =>
  stretch(typeof x === 'number' ? scalar(x) : (x as Tensor), shape);
