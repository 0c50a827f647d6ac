import type { Comparing, PairDistance } from './pairDistance.js';

/** The options of losses that compare all vectors of a batch with each other by a distance of choice. */
export interface PairOptions extends Comparing {
  /** How far apart two vectors are, see `PairDistance`; a function gives distances. */
  readonly distance: PairDistance;
  /** Vectors are divided by their lengths first, which are bounded by 1e-7 from below. Default false. */
  readonly normalize: boolean;
}
