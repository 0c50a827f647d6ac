import type { Tensor } from '@tensorflow/tfjs-core';
import { sub } from '../../../tfjs/ops.js';
import { isSimilarity } from './pairDistance.js';
import type { PairOptions } from './pairOptions.js';

/** Distances, or similarities, that the pairs of a batch are measured by. */
export interface PairMargins {
  readonly positiveMargin: number;
  readonly negativeMargin: number;
}

/** By how much pairs of the same label are too far apart, and pairs of different labels too near: below 0 they are not. */
export interface Excess {
  readonly tooFar: Tensor;
  readonly tooNear: Tensor;
}

/** Margins as distances, or as minus the similarities. */
export function marginsOf({
  positiveMargin,
  negativeMargin,
  distance,
}: PairMargins & Pick<PairOptions, 'distance'>): PairMargins {
  const sign = isSimilarity(distance) ? -1 : 1;
  return { positiveMargin: sign * positiveMargin, negativeMargin: sign * negativeMargin };
}

/** The excess of all pairs, of distances or of minus the similarities. */
export const excessOf = (far: Tensor, { positiveMargin, negativeMargin }: PairMargins): Excess => ({
  tooFar: sub(far, positiveMargin),
  tooNear: sub(negativeMargin, far),
});
