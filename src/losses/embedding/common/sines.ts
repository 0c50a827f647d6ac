import type { Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../../numerics/autodiff.js';
import { distanceOf, squaredDistances } from '../../../numerics/distanceMatrix.js';
import { where } from '../../../numerics/portable.js';
import { unitVector } from '../../../numerics/unitVector.js';
import { add, less, mul, neg, sub } from '../../../tfjs/ops.js';
import { LEAST } from './pairDistance.js';

/**
 * Half the squared distances of unit vectors a `[B, D]` from all unit vectors b `[M, D]`, or from their opposites where these
 * are nearer, by minus the cosines `[B, M]`.
 */
export function nearnessOf(a: Tensor, b: Tensor, far: Tensor): Tensor {
  const u = unitVector(a, LEAST);
  const v = a === b ? u : unitVector(b, LEAST);
  const isOpposite = constant(() => less(0, far));
  return mul(0.5, where(isOpposite, squaredDistances(u, neg(v)), squaredDistances(u, v)));
}

/**
 * The sines of angles from 0 to π, by their cosines c: √((1 − c)·(1 + c)), with derivative 0 at 0. Where one factor is small,
 * it is that of `nearnessOf`: cosines have no digits of it.
 */
export function sinesOf(cosines: Tensor, nearness: Tensor): Tensor {
  const isNear = constant(() => less(0.5, cosines));
  const isOpposite = constant(() => less(cosines, -0.5));
  const below = where(isNear, nearness, sub(1, cosines));
  const above = where(isOpposite, nearness, add(1, cosines));
  return distanceOf(mul(below, above));
}
