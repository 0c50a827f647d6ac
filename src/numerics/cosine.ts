import { greater, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { expandDims, logicalAnd, mul, neg, square, sub } from '../tfjs/ops.js';
import { withEachGradient } from './autodiff.js';
import { where } from './portable.js';
import { sum } from './sum.js';
import { across, directionOf, type Direction } from './unitVector.js';

/*
 * The cosine c of the angle between vectors a and b over the last axis, by their unit vectors u and v, whose lengths are
 * bounded by ε from below. Near c = ±1 digits are in v ∓ u only.
 */

/** c, `[...]`. */
export const cosine = (a: Tensor, b: Tensor, epsilon: number): Tensor =>
  ofAngle(a, b, epsilon, cosineOf, (slope) => slope);

/** 1 − c, `[...]`, to all digits near 0, where it is ½‖v − u‖². */
export const oneMinusCosine = (a: Tensor, b: Tensor, epsilon: number): Tensor =>
  ofAngle(
    a,
    b,
    epsilon,
    (u, v) => {
      const c = cosineOf(u, v);
      const areLong = squeeze(logicalAnd(u.isLong, v.isLong), [-1]);
      const near = mul(0.5, sum(square(sub(v.unit, u.unit)), -1));
      return where(logicalAnd(areLong, greater(c, 0.5)), near, sub(1, c));
    },
    neg,
  );

const cosineOf = (u: Direction, v: Direction): Tensor => sum(mul(u.unit, v.unit), -1);

function ofAngle(
  a: Tensor,
  b: Tensor,
  epsilon: number,
  value: (u: Direction, v: Direction) => Tensor,
  signed: (slope: Tensor) => Tensor,
): Tensor {
  // The derivative of c for x is the part of the other unit vector across x, over the length of x.
  const slope = (dy: Tensor, x: Tensor, other: Tensor): Tensor => {
    const own = directionOf(x, epsilon);
    const { unit } = directionOf(other, epsilon);
    return mul(signed(mul(expandDims(dy, -1), own.inverse)), across(unit, own));
  };
  return withEachGradient(
    (x, y) => value(directionOf(x, epsilon), directionOf(y, epsilon)),
    [(dy, x, y) => slope(dy, x, y), (dy, x, y) => slope(dy, y, x)],
  )(a, b);
}
