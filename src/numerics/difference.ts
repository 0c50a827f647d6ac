import { step, type Tensor } from '@tensorflow/tfjs-core';
import { add, div, mul, neg, sub } from '../tfjs/ops.js';
import { constant, withGradients } from './autodiff.js';
import { abs } from './functions.js';
import { isHalf } from './portable.js';
import { ratio } from './quotient.js';

/** ½(a − b), finite for all finite a and b. */
export const halfDifference = (a: Tensor, b: Tensor): Tensor =>
  // Half precision has no digits for halves of small numbers.
  isHalf() ? mul(0.5, sub(a, b)) : sub(mul(0.5, a), mul(0.5, b));

/** (a − b) ÷ a for two tensors of one shape, a ≠ 0. In the derivative for a, b ÷ a², tfjs would subtract two larger terms. */
export const relativeDifference: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => mul(2, div(halfDifference(a, b), a)),
  (dy, a, b) => [ratio(mul(dy, ratio(b, a)), a), neg(ratio(dy, a))],
);

/**
 * |a − b| ÷ (|a| + |b|) for two tensors of one shape, not both 0: from 0 to 1. In its derivatives, ±(1 ± the value) ÷
 * (|a| + |b|), tfjs would subtract two numbers that may be almost the same; here they are shares of b or a.
 */
export const differenceBySizes: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => constant(() => div(abs(halfDifference(a, b)), halfOfSizes(a, b))),
  (dy, a, b) => [slopeBySizes(dy, a, b), slopeBySizes(dy, b, a)],
);

/** ½(|a| + |b|), finite for all finite a and b. */
const halfOfSizes = (a: Tensor, b: Tensor): Tensor => add(mul(0.5, abs(a)), mul(0.5, abs(b)));

/** The derivative for a: ±2·|b| ÷ (|a| + |b|)² where both have the same sign, half of it where a is 0, and else 0. */
function slopeBySizes(dy: Tensor, a: Tensor, b: Tensor): Tensor {
  const side = constant(() => mul(signOf(halfDifference(a, b)), add(1, mul(signOf(a), signOf(b)))));
  const half = halfOfSizes(a, b);
  return ratio(mul(mul(0.25, mul(dy, side)), ratio(abs(b), half)), half);
}

/** −1, 0 or 1. */
const signOf = (x: Tensor): Tensor => sub(step(x), step(neg(x)));
