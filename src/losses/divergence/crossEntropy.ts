import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { mulNoNan } from '../../numerics/functions.js';
import { sumTimesLogSoftmax } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { neg } from '../../tfjs/ops.js';
import { logWherePresent } from '../common/distribution.js';
import { informationOptions, type InformationOptions } from './common/informationOptions.js';

/**
 * Cross-entropy of two distributions as information theory defines it: H(p, q) = −Σ_c p_c·ln q_c, with
 * 0·ln 0 = 0. It is the expected length of a message about p in a code made for q, and H(p) + KL(p‖q).
 *
 * Shapes `(...,C),(...,C)->(...)`. In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * Nothing is bounded or normalised: it is infinite where q rules out what p does not. To train a
 * classifier, take `categoricalCrossentropy`.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x
 * @example crossEntropy([[0.5, 0.5]], [[0.25, 0.5]], { base: 2 }) // [1.5]
 * @function
 */
export const crossEntropy: Loss<InformationOptions, readonly [p: TensorInput, q: TensorInput]> =
  /* @__PURE__ */ defineLoss<InformationOptions, 'p' | 'q', readonly [p: TensorInput, q: TensorInput]>({
    name: 'crossEntropy',
    signature: '(...,C),(...,C)->(...)',
    inputs: ['p', 'q'],
    domains: ({ fromLogits }) => [distribution, fromLogits ? logit : distribution],
    options: informationOptions,
    formula: ({ p, q }, { fromLogits }) =>
      neg(fromLogits ? sumTimesLogSoftmax(p, q) : sum(mulNoNan(p, logWherePresent(q, p)), -1)),
  });
