import type { Tensor } from '@tensorflow/tfjs-core';
import { fraction, type Kind } from '../../../definition/kinds.js';
import { softplus } from '../../../numerics/functions.js';
import { minus } from '../../../numerics/scalars.js';
import { add, mul, neg } from '../../../tfjs/ops.js';

/** The option of losses that doubt which of two answers was preferred. */
export interface PreferenceSmoothing {
  /** Share ε, from 0 to 1, of the pairs whose answers are taken to be the wrong way round. Default 0. */
  readonly labelSmoothing: number;
}

export const preferenceSmoothing: { readonly labelSmoothing: readonly [number, Kind<number>] } = {
  labelSmoothing: [0, fraction],
};

/** −(1 − ε)·ln σ(h) − ε·ln σ(−h). */
export function smoothedSurprise(h: Tensor, smoothing: number): Tensor {
  const surprise = softplus(neg(h));
  return smoothing === 0 ? surprise : add(mul(minus(1, smoothing), surprise), mul(smoothing, softplus(h)));
}
