import { abs, clipByValue, maximum, sqrt, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { div, expandDims, less, max, mul, square, sub } from '../tfjs/ops.js';
import { constant, withGradient } from './autodiff.js';
import { cast, isHalf, representable, where } from './portable.js';
import { sum } from './sum.js';

/** The direction of a vector x over the last axis, whose length ‖x‖ is bounded by ε from below. */
export interface Direction {
  /** x ÷ max(‖x‖, ε), `[..., D]`. */
  readonly unit: Tensor;
  /** 1 ÷ max(‖x‖, ε), `[..., 1]`. */
  readonly inverse: Tensor;
  /** True where ‖x‖ is at least ε, `[..., 1]`. Elsewhere x is divided by a constant. */
  readonly isLong: Tensor;
}

/**
 * By what a vector of that largest entry is multiplied, so that p-th powers of its entries are float32: 1, or where that is
 * not enough, for p = 2, a power of two.
 */
export const scaleFor = (largest: Tensor, p = 2): Tensor =>
  constant(() => {
    if (isHalf()) return div(1, maximum(largest, 1));
    const [small, large] = [2 ** (-100 / p), 2 ** (100 / p)];
    if (p <= 2) return where(less(largest, small), 2 ** 76, where(less(large, largest), 2 ** -76, 1));
    return div(1, mul(clipByValue(largest, 2 ** -126, small), clipByValue(largest, large, 3e38)));
  });

/** √x, whose derivative at 0 is finite. */
export const root: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(sqrt, (dy, x) =>
  div(mul(0.5, dy), maximum(root(x), representable(1e-37))),
);

/** Without overflow; the derivative at a zero vector is finite. */
export function directionOf(x: Tensor, epsilon: number): Direction {
  const factor = scaleFor(max(abs(x), -1, true));
  const vector = mul(factor, x);
  const length = root(sum(square(vector), -1, true));
  const least = constant(() => maximum(mul(factor, epsilon), representable(1e-37)));
  const bounded = maximum(length, least);
  return {
    unit: div(vector, bounded),
    inverse: div(factor, bounded),
    isLong: constant(() => less(least, length)),
  };
}

/** x ÷ max(‖x‖, ε) over the last axis. */
export function unitVector(x: Tensor, epsilon: number): Tensor {
  return withGradient(
    (input) => directionOf(input, epsilon).unit,
    (dy, input) => {
      const own = directionOf(input, epsilon);
      return mul(own.inverse, across(dy, own));
    },
  )(x);
}

/** ‖x‖ over the last axis, without overflow; its derivative at a zero vector is 0. */
export const lengthOf: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    const factor = scaleFor(max(abs(x), -1, true));
    return squeeze(div(sqrt(sum(square(mul(factor, x)), -1, true)), factor), [-1]);
  },
  (dy, x) => mul(expandDims(dy, -1), unitVector(x, 1e-37)),
);

/** The part of x at right angles to a direction u, over the last axis: x − ⟨x, u⟩·u. */
export function across(x: Tensor, { unit: u, isLong }: Direction): Tensor {
  const turning = mul(
    constant(() => cast(isLong, 'float32')),
    u,
  );
  // Almost; what is left along u are roundings.
  const rough = sub(x, mul(sum(mul(x, turning), -1, true), u));
  const along = mul(rough, turning);
  // An entry of u may be almost 1. Its own term of the sum, which is larger than the rest, comes first.
  return sub(sub(rough, mul(u, along)), mul(u, sub(sum(along, -1, true), along)));
}
