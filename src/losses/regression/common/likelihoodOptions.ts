import { flag, positive } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';

/** The option of likelihoods with a spread. */
export interface SpreadOption {
  /**
   * Lower bound of a variance, a scale or a dispersion, in its units. The gradient does not vanish there. Default 1e-6.
   */
  readonly epsilon: number;
}

/** The options of likelihoods that are given without the terms that depend on no parameter. */
export interface LikelihoodOptions extends SpreadOption {
  /** Adds the terms that depend on no parameter. Default false. */
  readonly full: boolean;
}

export const spreadOption: OptionSchema<SpreadOption> = { epsilon: [1e-6, positive] };

export const likelihoodOptions: OptionSchema<LikelihoodOptions> = { full: [false, flag], ...spreadOption };
