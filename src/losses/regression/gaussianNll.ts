import { log } from '@tensorflow/tfjs-core';
import { broadcast } from '../../call/broadcast.js';
import type { Loss } from '../../definition/definition.js';
import { nonNegative, real } from '../../definition/domain.js';
import { flag } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { bounded } from '../../numerics/functions.js';
import { squareOver, squareTimesExp } from '../../numerics/squares.js';
import { add, mul, neg } from '../../tfjs/ops.js';
import { likelihoodOptions, type LikelihoodOptions } from './common/likelihoodOptions.js';

export interface GaussianNllOptions extends LikelihoodOptions {
  /** The variance is given by its logarithm ln v, which has no bound. Default false. */
  readonly logVariance: boolean;
}

type GaussianInputs = readonly [labels: TensorInput, mean: TensorInput, variance: TensorInput];

/**
 * Negative log-likelihood of labels y under Gaussians of mean m and variance v: ½·(ln v + (y − m)²/v), with v bounded
 * from below by ε. With `full`, plus ½·ln 2π. With `logVariance`, ln v is given in the place of v, without a bound: value and
 * gradients are right also where v is too small or too large for float32.
 *
 * Shapes `(...),(...),[...]->(...)`: the variance may be a number, lack trailing axes or have axes of size 1. In nats.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Nix & Weigend (1994), doi:10.1109/ICNN.1994.374138; PyTorch `gaussian_nll_loss`.
 * @example gaussianNll([1, 3], [0, 3], 1, { full: true }) // [1.4189, 0.9189]
 * @function
 */
export const gaussianNll: Loss<GaussianNllOptions, GaussianInputs> = /* @__PURE__ */ defineLoss<
  GaussianNllOptions,
  'labels' | 'mean' | 'variance',
  GaussianInputs
>({
  name: 'gaussianNll',
  signature: '(...),(...),[...]->(...)',
  broadcast,
  inputs: ['labels', 'mean', 'variance'],
  domains: ({ logVariance }) => [real, real, logVariance ? real : nonNegative],
  options: { ...likelihoodOptions, logVariance: [false, flag] },
  formula: ({ labels, mean, variance }, { full, logVariance, epsilon }) => {
    const half = halfDifference(labels, mean);
    const v = logVariance ? null : bounded(variance, epsilon);
    const logarithm = v ? log(v) : variance;
    const squares = v ? squareOver(half, v) : squareTimesExp(half, neg(variance));
    const loss = add(mul(0.5, logarithm), mul(2, squares));
    return add(loss, full ? 0.5 * Math.log(2 * Math.PI) : 0);
  },
});
