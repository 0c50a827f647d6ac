import type { Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../../numerics/matMul.js';
import { aFunction, either, type Kind, oneOf } from '../../../definition/kinds.js';
import { distanceOf, squaredDistances } from '../../../numerics/distanceMatrix.js';
import { mean } from '../../../numerics/sum.js';
import { directionOf, unitVector } from '../../../numerics/unitVector.js';
import { expandDims, mul, neg, square, sub } from '../../../tfjs/ops.js';
import { returned } from '../../common/userFunction.js';
import type { NormalizeOption } from './pairs.js';

/** The distances `[B, M]` of all vectors `[B, D]` from all vectors `[M, D]`. */
export type DistanceMatrix = (a: Tensor, b: Tensor) => Tensor;

/**
 * How far apart two vectors a and b are. `'cosine'`: the product of both divided by their lengths, and `'dot'`: their
 * product, are similarities: the nearer, the larger. `'euclidean'`: ‖a − b‖, with derivative 0 where it is 0;
 * `'squaredEuclidean'`: ‖a − b‖²; `'snr'`: the variance of the entries of a − b ÷ that of a, the reciprocal of a ratio of
 * signal to noise. A function takes vectors `[B, D]` and `[M, D]` and gives distances `[B, M]`.
 */
export type PairDistance = 'cosine' | 'dot' | 'euclidean' | 'squaredEuclidean' | 'snr' | DistanceMatrix;

export const pairDistance: Kind<PairDistance> = /* @__PURE__ */ either<PairDistance, DistanceMatrix>(
  /* @__PURE__ */ oneOf('cosine', 'dot', 'euclidean', 'squaredEuclidean', 'snr'),
  /* @__PURE__ */ aFunction<DistanceMatrix>(),
);

/** Whether nearer vectors have a larger number. */
export const isSimilarity = (distance: PairDistance): boolean => distance === 'cosine' || distance === 'dot';

/** Lengths are bounded by it from below. */
export const LEAST = 1e-7;

/** The options of losses that compare vectors by a distance of choice. */
export interface Comparing extends NormalizeOption {
  /** How far apart two vectors are, see `PairDistance`; a function gives distances. */
  readonly distance: PairDistance;
}

/** How far all vectors a `[B, D]` are from all vectors b `[M, D]`: distances `[B, M]`, or minus the similarities. */
export function apart(who: string, a: Tensor, b: Tensor, { distance, normalize }: Comparing): Tensor {
  const isOfUnits = normalize || distance === 'cosine';
  const u = isOfUnits ? unitVector(a, LEAST) : a;
  const v = a === b ? u : isOfUnits ? unitVector(b, LEAST) : b;
  switch (distance) {
    case 'cosine':
    case 'dot':
      return neg(matMul(u, v, false, true));
    case 'euclidean':
      return distanceOf(squaredDistances(u, v));
    case 'squaredEuclidean':
      return squaredDistances(u, v);
    case 'snr':
      return noise(u, v);
    default:
      return returned(who, 'distance', distance(u, v), [a.shape[0], b.shape[0]]);
  }
}

/** Var(a − b) ÷ Var(a): the squared distance of the deviations from the mean, where those of a are divided by their length. */
function noise(a: Tensor, b: Tensor): Tensor {
  const [signal, other] = [deviations(a), a === b ? deviations(a) : deviations(b)];
  const { inverse } = directionOf(signal, LEAST);
  return mul(square(inverse), squaredDistances(signal, other));
}

const deviations = (x: Tensor): Tensor => sub(x, expandDims(mean(x, -1), -1));
