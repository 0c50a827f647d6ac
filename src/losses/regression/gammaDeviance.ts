import type { Loss } from '../../definition/definition.js';
import { nonNegative, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { deviance, devianceOptions, type DevianceOptions } from './common/deviance.js';

/**
 * Gamma deviance of labels y from means μ: 2·(ln(μ/y) + y/μ − 1), for positive quantities whose spread grows with
 * their mean. It does not change when both are scaled alike. It is `tweedieDeviance` with power 2.
 *
 * Shapes `(...),(...)->(...)`. Without unit.
 *
 * Labels and means are bounded from below by `epsilon`; the gradient does not vanish there.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see McCullagh & Nelder (1989), doi:10.1201/9780203753736; scikit-learn `mean_gamma_deviance`.
 * @example gammaDeviance([1, 4], [2, 4]) // [0.3863, 0]
 * @function
 */
export const gammaDeviance: Loss<DevianceOptions> = /* @__PURE__ */ defineLoss<DevianceOptions>({
  name: 'gammaDeviance',
  aliases: { meanGammaDeviance: {} },
  signature: '(...),(...)->(...)',
  domains: ({ logInput }) => [nonNegative, logInput ? real : nonNegative],
  options: devianceOptions,
  formula: ({ labels, predictions }, options) => deviance(labels, predictions, 2, options),
});
