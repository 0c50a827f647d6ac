import { axes, flag, logarithmBase } from './kinds.js';
import type { OptionSchema } from './options.js';

/** The options of entropy and cross-entropy as information theory has them. */
export interface InformationOptions {
  /** The (last) distribution is given as logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Base of the logarithm: e for nats, 2 for bits, 10 for hartleys. Default e. */
  readonly base: number;
  /** The axis over which probabilities sum to 1, or several, which are then taken as one. Default -1. */
  readonly axis: number | readonly number[];
}

export const informationOptions: OptionSchema<InformationOptions> = {
  fromLogits: [false, flag],
  base: [Math.E, logarithmBase],
  axis: [-1, axes],
};
