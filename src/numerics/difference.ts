import type { Tensor } from '@tensorflow/tfjs-core';
import { div, mul, neg, sub } from '../tfjs/ops.js';
import { withGradients } from './autodiff.js';
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
