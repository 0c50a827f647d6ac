import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { exp, logSoftmax, mulNoNan, xLogX } from '../../numerics/functions.js';
import { sum } from '../../numerics/sum.js';
import { neg } from '../../tfjs/ops.js';
import { informationOptions, type InformationOptions } from './common/informationOptions.js';

/**
 * Shannon entropy of a distribution: H(p) = −Σ_c p_c·ln p_c, with 0·ln 0 = 0. Minimising it sharpens
 * predictions, adding it with a negative factor keeps them open.
 *
 * Shapes `(...,C)->(...)`. In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * The probabilities are taken as they are; with `fromLogits` they are softmax(x). The derivative at p = 0,
 * which is infinite, is left out.
 *
 * @throws if an option is unknown or out of range.
 * @see Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x
 * @example entropy([[0.5, 0.25, 0.25]], { base: 2 }) // [1.5]
 * @function
 */
export const entropy: Loss<InformationOptions, readonly [probabilities: TensorInput]> = /* @__PURE__ */ defineLoss<
  InformationOptions,
  'probabilities',
  readonly [probabilities: TensorInput]
>({
  name: 'entropy',
  signature: '(...,C)->(...)',
  inputs: ['probabilities'],
  domains: ({ fromLogits }) => [fromLogits ? logit : distribution],
  options: informationOptions,
  formula: ({ probabilities }, { fromLogits }) => {
    if (!fromLogits) return neg(sum(xLogX(probabilities), -1));
    const logP = logSoftmax(probabilities);
    return neg(sum(mulNoNan(exp(logP), logP), -1));
  },
});
