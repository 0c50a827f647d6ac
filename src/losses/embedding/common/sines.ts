import type { Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../../numerics/autodiff.js';
import { distanceOf, squaredDistances } from '../../../numerics/distanceMatrix.js';
import { opKernels } from '../../../numerics/opKernels.js';
import { cast, where } from '../../../numerics/portable.js';
import { unitVector } from '../../../numerics/unitVector.js';
import { add, less, logicalAnd, mul, neg, sub } from '../../../tfjs/ops.js';
import { LEAST } from './pairDistance.js';

/** Of cosines beyond it, or beyond its opposite, the sine needs the nearness. */
const HALF = 0.5;

/**
 * Half the squared distances `[B, B]` of unit vectors x `[B, D]` from each other, or from their opposites where these are
 * nearer, by minus the cosines; of those pairs that are wanted and whose sine needs it. Others have 0.
 */
export function nearnessOf(x: Tensor, far: Tensor, isWanted: Tensor): Tensor {
  const signs = constant(() => {
    const [isNear, isOpposite] = [less(far, -HALF), less(HALF, far)].map((each) => logicalAnd(isWanted, each));
    return sub(cast(isNear as Tensor, 'float32'), cast(isOpposite as Tensor, 'float32'));
  });
  const units = unitVector(x, LEAST);
  const squares = opKernels.signedDistances?.(units, signs, signedDistances);
  return mul(0.5, squares ?? signedDistances(units, signs));
}

/** ‖u_i − s_ij·u_j‖², and 0 where the sign s_ij is 0. */
function signedDistances(u: Tensor, signs: Tensor): Tensor {
  const [isAlong, isAgainst] = [constant(() => less(0, signs)), constant(() => less(signs, 0))];
  return where(isAlong, squaredDistances(u, u), where(isAgainst, squaredDistances(u, neg(u)), 0));
}

/**
 * The sines of angles from 0 to π, by their cosines c: √((1 − c)·(1 + c)), with derivative 0 at 0. Where one factor is small,
 * it is that of `nearnessOf`: cosines have no digits of it.
 */
export function sinesOf(cosines: Tensor, nearness: Tensor): Tensor {
  const isNear = constant(() => less(HALF, cosines));
  const isOpposite = constant(() => less(cosines, -HALF));
  const below = where(isNear, nearness, sub(1, cosines));
  const above = where(isOpposite, nearness, add(1, cosines));
  return distanceOf(mul(below, above));
}
