import { log } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, nonNegative, real } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { bounded } from '../../numerics/functions.js';
import { ratio } from '../../numerics/quotient.js';
import { logSoftmax, logSumExp } from '../../numerics/softmax.js';
import { stretch, sum } from '../../numerics/sum.js';
import { add, expandDims, mul, neg, square, sub } from '../../tfjs/ops.js';
import { spreadOption, type SpreadOption } from './common/likelihoodOptions.js';

type MixtureInputs = readonly [labels: TensorInput, logits: TensorInput, means: TensorInput, scales: TensorInput];

/** Squares of numbers up to here are float32, also twice. */
const FAR = 9e18;

/** As good as infinite, but no NaN comes of it. */
const LARGEST = 3e38;

/**
 * Negative log-likelihood of vectors y under mixtures of K Gaussians: −ln Σₖ πₖ·Π_d N(y_d; m_kd, s_kd), with the
 * probabilities π, the softmax of logits, means m and standard deviations s, which are bounded from below by ε. The loss of
 * mixture density networks.
 *
 * Shapes `(...,D),(...,K),(...,K,D),(...,K,D)->(...)`. In nats, with all constants.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Bishop (1994), Mixture density networks, NCRG/94/004; PyTorch `torch.distributions.MixtureSameFamily`.
 * @example gaussianMixtureNll([[0]], [[0, 0]], [[[0], [2]]], [[[1], [1]]]) // [1.4852]
 * @function
 */
export const gaussianMixtureNll: Loss<SpreadOption, MixtureInputs> = /* @__PURE__ */ defineLoss<
  SpreadOption,
  'labels' | 'logits' | 'means' | 'scales',
  MixtureInputs
>({
  name: 'gaussianMixtureNll',
  aliases: { mixtureSameFamily: {} },
  signature: '(...,D),(...,K),(...,K,D),(...,K,D)->(...)',
  inputs: ['labels', 'logits', 'means', 'scales'],
  domains: [real, logit, real, nonNegative],
  options: spreadOption,
  formula: ({ labels, logits, means, scales }, { epsilon }) => {
    const s = bounded(scales, epsilon);
    const y = stretch(expandDims(labels, -2), means.shape);
    const deviations = bounded(ratio(halfDifference(y, means), s), -FAR, FAR);
    const ofEntries = add(add(mul(2, square(deviations)), log(s)), 0.5 * Math.log(2 * Math.PI));
    const ofComponents = bounded(sum(ofEntries, -1), -Infinity, LARGEST);
    return neg(logSumExp(sub(logSoftmax(logits), ofComponents)));
  },
});
