import type { Loss } from '../../definition/definition.js';
import { nonNegative, real } from '../../definition/domain.js';
import { within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { deviance, devianceOptions, type DevianceOptions } from './common/deviance.js';

export interface TweedieDevianceOptions extends DevianceOptions {
  /** The variance is proportional to the mean to this power p. Default 1.5. */
  readonly power: number;
}

/**
 * Tweedie deviance of labels y from means μ: 2·(y²⁻ᵖ/((1 − p)·(2 − p)) − y·μ¹⁻ᵖ/(1 − p) + μ²⁻ᵖ/(2 − p)), with its
 * limits at p = 1, the Poisson deviance 2·(y·ln(y/μ) − y + μ), and at p = 2, the gamma deviance. p = 0 is the squared
 * error, p = 3 the inverse Gaussian deviance; between 1 and 2 many labels may be exactly 0.
 *
 * Shapes `(...),(...)->(...)`. In the units of the labels to the power 2 − p.
 *
 * Means, and from p = 2 on labels too, are bounded from below by `epsilon`; the gradient does not vanish there. Below
 * p = 1 labels may be negative; what is then raised to a power is max(y, 0).
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Jørgensen (1987), doi:10.1111/j.2517-6161.1987.tb01685.x; scikit-learn `mean_tweedie_deviance`.
 * @example tweedieDeviance([0, 4], [1, 1]) // [4, 4]
 * @function
 */
export const tweedieDeviance: Loss<TweedieDevianceOptions> = /* @__PURE__ */ defineLoss<TweedieDevianceOptions>({
  name: 'tweedieDeviance',
  aliases: { meanPoissonDeviance: { power: 1 }, poissonDeviance: { power: 1 } },
  signature: '(...),(...)->(...)',
  domains: ({ power, logInput }) => [power < 1 ? real : nonNegative, logInput || power === 0 ? real : nonNegative],
  options: { power: [1.5, /* @__PURE__ */ within(-16, 16)], ...devianceOptions },
  formula: ({ labels, predictions }, options) => deviance(labels, predictions, options.power, options),
});
