import type { Loss } from '../../definition/definition.js';
import { distribution, logit } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradient } from '../../numerics/autodiff.js';
import { xLogX } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { logOfTotal } from '../../numerics/shares.js';
import { exponentials, slopeOfSoftmax } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { div, equal, expandDims, max, mul, neg, sub } from '../../tfjs/ops.js';
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
    return entropyOfLogits(probabilities);
  },
});

/**
 * −Σ p·ln p of the softmax p of x, as ln Σ e^(x less the largest x) less the mean of what is in the exponent. The derivative is
 * −p·(ln p + H), and ln p differs from that exponent by a constant of the row.
 */
const entropyOfLogits = /* @__PURE__ */ withGradient(
  (x) => {
    const own = exponentials(x);
    const mean = mul(div(1, own.total), sum(mul(own.shares, levelsOf(x)), -1, true));
    return squeeze(sub(logOfTotal(own), mean), [-1]);
  },
  (dy, x) => neg(mul(expandDims(dy, -1), slopeOfSoftmax(levelsOf(x), x))),
);

/** x less the largest x of its row, and 0 where that gives no probability. */
function levelsOf(x: Tensor): Tensor {
  const largest = constant(() => max(x, -1, true));
  const isImpossible = constant(() => equal(exponentials(x).shares, 0));
  return where(isImpossible, 0, sub(x, largest));
}
