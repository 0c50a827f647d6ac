import { broadcast } from '../../call/broadcast.js';
import type { Loss } from '../../definition/definition.js';
import { nonNegative, real } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { bounded } from '../../numerics/functions.js';
import { halfStep } from '../../numerics/halfStep.js';
import { add, mul } from '../../tfjs/ops.js';
import { likelihoodOptions, type LikelihoodOptions } from './common/likelihoodOptions.js';
import { partOfError } from './common/studentT.js';

type StudentInputs = readonly [
  labels: TensorInput,
  location: TensorInput,
  scale: TensorInput,
  degreesOfFreedom: TensorInput,
];

/** From here on Student's distributions are Gaussians to all digits. */
const GAUSSIAN = 1e30;

/**
 * Negative log-likelihood of labels y under Student's t-distributions of location m, scale s and ν degrees of freedom:
 * ln Γ(ν/2) − ln Γ((ν + 1)/2) + ½·ln ν + ln s + ½·(ν + 1)·ln(1 + (y − m)²/(ν·s²)). With `full`, plus ½·ln π. The fewer the
 * degrees of freedom, the less outliers count; of many it is the Gaussian likelihood.
 *
 * Shapes `(...),(...),[...],[...]->(...)`: scale and degrees of freedom may be numbers, lack trailing axes or have axes of
 * size 1. In nats.
 *
 * The scale and the degrees of freedom are bounded from below by `epsilon`.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Lange et al. (1989), doi:10.1080/01621459.1989.10478852; PyTorch `torch.distributions.StudentT`.
 * @example studentTNll([1, 3], [0, 3], 1, 4, { full: true }) // [1.5387, 0.9808]
 * @function
 */
export const studentTNll: Loss<LikelihoodOptions, StudentInputs> = /* @__PURE__ */ defineLoss<
  LikelihoodOptions,
  'labels' | 'location' | 'scale' | 'degreesOfFreedom',
  StudentInputs
>({
  name: 'studentTNll',
  aliases: { studentT: { full: true } },
  signature: '(...),(...),[...],[...]->(...)',
  broadcast,
  inputs: ['labels', 'location', 'scale', 'degreesOfFreedom'],
  domains: [real, real, nonNegative, nonNegative],
  options: likelihoodOptions,
  formula: ({ labels, location, scale, degreesOfFreedom }, { full, epsilon }) => {
    const [s, degrees] = [bounded(scale, epsilon), bounded(degreesOfFreedom, epsilon, GAUSSIAN)];
    const ofError = partOfError(halfDifference(labels, location), s, degrees);
    return add(add(ofError, halfStep(mul(0.5, degrees))), 0.5 * Math.log(full ? 2 * Math.PI : 2));
  },
});
