import type { Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../../numerics/autodiff.js';
import { distanceOf, squaredDistances } from '../../../numerics/distanceMatrix.js';
import { where } from '../../../numerics/portable.js';
import { unitVector } from '../../../numerics/unitVector.js';
import { add, less, mul, neg, sub } from '../../../tfjs/ops.js';
import { LEAST } from './pairDistance.js';

/**
 * The sines of the angles between all vectors a `[B, D]` and all vectors b `[M, D]`, from 0 to π, by their cosines c:
 * √((1 − c)·(1 + c)), with derivative 0 at 0. Where one factor is small, it is half the squared distance of the unit vectors,
 * or of one from the opposite of the other: cosines have no digits of it.
 */
export function sinesOf(a: Tensor, b: Tensor, cosines: Tensor): Tensor {
  const u = unitVector(a, LEAST);
  const v = a === b ? u : unitVector(b, LEAST);
  const isNear = constant(() => less(0.5, cosines));
  const isOpposite = constant(() => less(cosines, -0.5));
  const below = where(isNear, mul(0.5, squaredDistances(u, v)), sub(1, cosines));
  const above = where(isOpposite, mul(0.5, squaredDistances(u, neg(v))), add(1, cosines));
  return distanceOf(mul(below, above));
}
