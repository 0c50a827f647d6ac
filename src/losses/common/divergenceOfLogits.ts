import { abs as tfAbs, type Tensor } from '@tensorflow/tfjs-core';
import { constant, withGradients } from '../../numerics/autodiff.js';
import { exp, expm1, expm1MinusX, mulNoNan } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { slopeOfSoftmax, softmax } from '../../numerics/softmax.js';
import { differenceOfSoftmaxes, logRatioOfSoftmaxes } from '../../numerics/softmaxes.js';
import { sum } from '../../numerics/sum.js';
import { equal, expandDims, less, logicalAnd, mul, neg, sub } from '../../tfjs/ops.js';

/*
 * Divergences that are sums of y·(eʳ − 1 − r) over the classes, r = ln(q ÷ y). No term is negative, and none changes to first
 * order with an r that is 0, so that near equality they have the digits of r.
 */

/** y·(eʳ − 1 − r), which is y·ln(y ÷ q) − y + q. */
const excess = (y: Tensor, q: Tensor, r: Tensor): Tensor =>
  where(less(tfAbs(r), 0.5), mul(y, expm1MinusX(r)), sub(sub(q, y), mulNoNan(y, r)));

/** KL(y‖q) in nats, of the softmaxes y and q of logits a and b. */
export const divergenceOfLogits: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => sum(excess(softmax(a), softmax(b), logRatioOfSoftmaxes(a, b)), -1),
  (dy, a, b) => {
    const row = expandDims(dy, -1);
    // An impossible class has no derivative, and may have an infinite r.
    const isImpossible = constant(() => equal(softmax(a), 0));
    const r = where(isImpossible, 0, logRatioOfSoftmaxes(a, b));
    return [neg(mul(row, slopeOfSoftmax(r, a))), neg(mul(row, differenceOfSoftmaxes(a, b)))];
  },
);

/** y − q, of their logarithms. */
export const differenceOfLogs: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => where(less(tfAbs(sub(b, a)), 1), neg(mul(exp(a), expm1(sub(b, a)))), sub(exp(a), exp(b))),
  (dy, a, b) => [mul(dy, exp(a)), neg(mul(dy, exp(b)))],
);

/** Σ (y·ln(y ÷ q) − y + q) in nats, of ln y and ln q. */
export const excessOfLogs: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => sum(excess(exp(a), exp(b), gap(a, b)), -1),
  (dy, a, b) => {
    const row = expandDims(dy, -1);
    return [neg(mul(row, mulNoNan(exp(a), gap(a, b)))), neg(mul(row, differenceOfLogs(a, b)))];
  },
);

/** b − a, also of two that are −Infinity. */
const gap = (a: Tensor, b: Tensor): Tensor =>
  where(
    constant(() => logicalAnd(equal(a, -Infinity), equal(b, -Infinity))),
    0,
    sub(b, a),
  );
