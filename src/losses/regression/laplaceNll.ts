import { log } from '@tensorflow/tfjs-core';
import { broadcast } from '../../call/broadcast.js';
import type { Loss } from '../../definition/definition.js';
import { nonNegative, real } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { abs, bounded } from '../../numerics/functions.js';
import { ratio } from '../../numerics/quotient.js';
import { add, mul } from '../../tfjs/ops.js';
import { likelihoodOptions, type LikelihoodOptions } from './common/likelihoodOptions.js';

type LaplaceInputs = readonly [labels: TensorInput, location: TensorInput, scale: TensorInput];

/**
 * Negative log-likelihood of labels y under Laplace distributions of location m and scale b: ln b + |y − m|/b, with b
 * bounded from below by ε. With `full`, plus ln 2. The absolute error with a scale that is learnt beside it.
 *
 * Shapes `(...),(...),[...]->(...)`: the scale may be a number, lack trailing axes or have axes of size 1. In nats.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Kotz et al. (2001), doi:10.1007/978-1-4612-0173-1; PyTorch `torch.distributions.Laplace`.
 * @example laplaceNll([1, 3], [0, 3], 2, { full: true }) // [1.8863, 1.3863]
 * @function
 */
export const laplaceNll: Loss<LikelihoodOptions, LaplaceInputs> = /* @__PURE__ */ defineLoss<
  LikelihoodOptions,
  'labels' | 'location' | 'scale',
  LaplaceInputs
>({
  name: 'laplaceNll',
  aliases: { laplace: { full: true } },
  signature: '(...),(...),[...]->(...)',
  broadcast,
  inputs: ['labels', 'location', 'scale'],
  domains: [real, real, nonNegative],
  options: likelihoodOptions,
  formula: ({ labels, location, scale }, { full, epsilon }) => {
    const b = bounded(scale, epsilon);
    const loss = add(log(b), mul(2, ratio(abs(halfDifference(labels, location)), b)));
    return add(loss, full ? Math.LN2 : 0);
  },
});
