import { abs as tfAbs, type Tensor } from '@tensorflow/tfjs-core';
import { withGradients } from '../../../numerics/autodiff.js';
import { expm1, sigmoid } from '../../../numerics/functions.js';
import { where } from '../../../numerics/portable.js';
import { add, less, mul, neg, sub } from '../../../tfjs/ops.js';

/**
 * σ(x) + σ(y − x) for two tensors of one shape. In the derivative for x, σ(x)·σ(−x) − σ(y − x)·σ(x − y), tfjs would subtract
 * two numbers that are almost the same where y is small; here it is a product of two differences.
 */
export const bothShares: (x: Tensor, y: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (x, y) => add(sigmoid(x), sigmoid(sub(y, x))),
  (dy, x, y) => [mul(dy, changeOfSlope(x, y)), mul(dy, slope(sub(x, y)))],
);

/** The derivative of σ at x. */
const slope = (x: Tensor): Tensor => mul(sigmoid(x), sigmoid(neg(x)));

/** That at x less that at x − y: with p = σ(x) and q = σ(x − y) it is (p − q)·(1 − p − q). */
const changeOfSlope = (x: Tensor, y: Tensor): Tensor => mul(change(x, y), change(neg(x), sub(y, mul(2, x))));

/** σ(x) − σ(x − y), to all digits of y: of the larger and the smaller of both, u and v, ±σ(u)·σ(−v)·(1 − e^−|y|). */
const change: (x: Tensor, y: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (x, y) => {
    const other = sub(x, y);
    const isLess = less(y, 0);
    const [larger, smaller] = [where(isLess, other, x), where(isLess, x, other)];
    const size = neg(mul(mul(sigmoid(larger), sigmoid(neg(smaller))), expm1(neg(tfAbs(y)))));
    return where(isLess, neg(size), size);
  },
  (dy, x, y) => [mul(dy, changeOfSlope(x, y)), mul(dy, slope(sub(x, y)))],
);
