import { greater, log, type Tensor } from '@tensorflow/tfjs-core';
import { broadcast } from '../../call/broadcast.js';
import type { Loss } from '../../definition/definition.js';
import { nonNegative } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { confined } from '../../numerics/confined.js';
import { bounded } from '../../numerics/functions.js';
import { logOfFactorial, stirlingRest } from '../../numerics/lnGamma.js';
import { representable, where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { add, mul } from '../../tfjs/ops.js';
import { likelihoodOptions, type LikelihoodOptions } from './common/likelihoodOptions.js';
import { likelihoodOfFew, likelihoodOfMany } from './common/negativeBinomial.js';

type CountInputs = readonly [labels: TensorInput, mean: TensorInput, dispersion: TensorInput];

/**
 * Negative log-likelihood of counts y under negative binomial distributions of mean μ and dispersion α, with variance
 * μ + α·μ²: −ln(Γ(y + r)/Γ(r)) + (y + r)·ln(1 + α·μ) − y·ln(α·μ) with r = 1/α. With `full`, plus ln y!. Near α = 0 it is the
 * Poisson likelihood.
 *
 * Shapes `(...),(...),[...]->(...)`: the dispersion may be a number, lack trailing axes or have axes of size 1. In nats.
 *
 * Means and dispersions are bounded from below by `epsilon`. A mean below 0 costs what 0 costs, and its derivative is directed
 * towards 0.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Hilbe (2011), doi:10.1017/CBO9780511973420; PyTorch `torch.distributions.NegativeBinomial` of total count r and
 * probability α·μ/(1 + α·μ), GluonTS `NegativeBinomial`.
 * @example negativeBinomialNll([2, 0], [1, 0.5], 0.5, { full: true }) // [1.9095, 0.4463]
 * @function
 */
export const negativeBinomialNll: Loss<LikelihoodOptions, CountInputs> = /* @__PURE__ */ defineLoss<
  LikelihoodOptions,
  'labels' | 'mean' | 'dispersion',
  CountInputs
>({
  name: 'negativeBinomialNll',
  aliases: { negativeBinomial: { full: true } },
  signature: '(...),(...),[...]->(...)',
  broadcast,
  inputs: ['labels', 'mean', 'dispersion'],
  domains: [nonNegative, nonNegative, nonNegative],
  options: likelihoodOptions,
  formula: ({ labels: y, mean, dispersion }, { full, epsilon }) => {
    const { inside, pull } = confined(mean, [0, Infinity]);
    const m = bounded(inside, representable(epsilon));
    const r = ratio(1, bounded(dispersion, representable(epsilon)));
    return add(full ? likelihoodOfAll(y, m, r) : likelihoodOfFew(y, m, r), pull);
  },
});

/** The likelihood with ln y!, most of which cancels where y is large. */
function likelihoodOfAll(y: Tensor, mean: Tensor, r: Tensor): Tensor {
  const isMany = constant(() => greater(y, 1));
  const [many, few] = [where(isMany, y, 1), where(isMany, 1, y)];
  const rest = add(mul(0.5, add(log(many), Math.log(2 * Math.PI))), stirlingRest(many));
  return where(
    isMany,
    add(likelihoodOfMany(many, mean, r), rest),
    add(likelihoodOfFew(few, mean, r), logOfFactorial(few)),
  );
}
