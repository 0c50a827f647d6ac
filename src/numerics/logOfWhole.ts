import type { Tensor } from '@tensorflow/tfjs-core';
import { add, div, mul, neg } from '../tfjs/ops.js';
import { withGradients } from './autodiff.js';
import { atMost } from './functions.js';
import { log1p } from './log1p.js';
import { isHalf } from './portable.js';
import { fraction, ratio } from './quotient.js';

/**
 * ln((a + b) ÷ a) of two tensors of one shape, to all digits where b is small next to a. The derivative for b is
 * 1 ÷ (a + b), whatever the logarithm has lost. Of a so small that b ÷ a overflows it is Infinity.
 */
export const logOfWhole: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  // The logarithm of Infinity is NaN on devices of half precision, where large quotients come soon.
  (a, b) => log1p(isHalf() ? atMost(div(b, a), 6e4) : div(b, a)),
  (dy, a, b) => [neg(ratio(mul(dy, fraction(b, a)), a)), ratio(dy, add(a, b))],
);
