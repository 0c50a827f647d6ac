import { abs as tfAbs, exp as tfExp, softplus as tfSoftplus, type Tensor } from '@tensorflow/tfjs-core';
import { add, clone, less, mul, neg, sub } from '../tfjs/ops.js';
import { constant, withGradient, withGradients } from './autodiff.js';
import { mulNoNan, sigmoid, tanh } from './functions.js';
import { log1pOfShare } from './log1p.js';
import { isTraced, where } from './portable.js';

/** ln(1 + e^−|x|): by how much softplus x is above the larger of x and 0. */
export const softplusExcess: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    const farther = neg(tfAbs(x));
    return isTraced() ? tfSoftplus(farther) : log1pOfShare(tfExp(farther));
  },
  (dy, x) => {
    const isNegative = constant(() => less(x, 0));
    return mul(dy, where(isNegative, sigmoid(x), neg(sigmoid(neg(x)))));
  },
);

/**
 * y·σ(−x) + (1 − y)·σ(x): the share that logits x leave to the other label than y, both of one shape. Its derivative for
 * y has the digits that σ(−x) − σ(x) lacks near x = 0.
 */
export const otherLabel: (y: Tensor, x: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (y, x) => add(mul(y, sigmoid(neg(x))), mul(sub(1, y), sigmoid(x))),
  (dy, y, x) => {
    const slope = mul(sub(1, mul(2, y)), mul(sigmoid(x), sigmoid(neg(x))));
    return [mul(neg(dy), tanh(mul(0.5, x))), mulNoNan(slope, dy)];
  },
);

/**
 * y − σ(x), by how much logits x miss labels y of one shape: as y·σ(−x) − (1 − y)·σ(x), which has all digits of small errors
 * where y is 0 or 1.
 */
export const errorOfLogits: (y: Tensor, x: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (y, x) => sub(mul(y, sigmoid(neg(x))), mul(sub(1, y), sigmoid(x))),
  (dy, _, x) => [clone(dy), mulNoNan(neg(mul(sigmoid(x), sigmoid(neg(x)))), dy)],
);
