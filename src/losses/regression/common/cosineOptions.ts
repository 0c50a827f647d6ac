import { axes, nonNegative } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';

/** The options of losses about the angle between vectors. */
export interface CosineOptions {
  /** The axis that holds the entries of a vector, or several, which are then taken as one. Default -1. */
  readonly axis: number | readonly number[];
  /** Lower bound of a vector's length, so that a zero vector is at right angles to all. Default 1e-7. */
  readonly epsilon: number;
}

export const cosineOptions: OptionSchema<CosineOptions> = { axis: [-1, axes], epsilon: [1e-7, nonNegative] };
