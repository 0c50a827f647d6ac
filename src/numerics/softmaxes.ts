import { greater, abs as tfAbs, type Tensor } from '@tensorflow/tfjs-core';
import { clone, equal, less, logicalAnd, mul, neg, sub } from '../tfjs/ops.js';
import { withGradients } from './autodiff.js';
import { expm1 } from './functions.js';
import { log1p } from './log1p.js';
import { where } from './portable.js';
import { exponentials, logSoftmax, slopeOfLogSoftmax, slopeOfSoftmax, softmax, softmaxOfOthers } from './softmax.js';
import { sum } from './sum.js';

/*
 * Two softmaxes p and q, of logits a and b over the last axis, held against each other. Where they are almost the same,
 * only the differences of the logits have the digits of what lies between them.
 */

/** What is as near as that counts as almost the same: ratios from 1/e to e. */
const NEAR = 1;

/**
 * ln(q ÷ p) = L − v, with v = a − b less a constant of each row, and L = ln Σ q·eᵛ. The constant is v of the class that p is
 * sure of, which so keeps all digits of a ratio close to 1, or else the mean. L is a sum over the classes of small v,
 * ln(1 + Σ q·(eᵛ − 1) − Σ others q), and what p has of the others, ln(1 − Σ others p).
 */
export const logRatioOfSoftmaxes: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => {
    const own = exponentials(a);
    const [p, q] = [softmax(a), softmax(b)];
    // Also of two logits of −Infinity.
    const gap = where(equal(a, b), 0, sub(a, b));
    const mean = where(greater(p, 0), mul(p, gap), 0);
    const v = sub(gap, sum(where(own.isSure, where(own.sureClass, gap, 0), mean), -1, true));
    const isNear = less(tfAbs(v), NEAR);
    const gain = sum(where(isNear, mul(q, expm1(v)), neg(q)), -1, true);
    const others = sum(where(isNear, 0, p), -1, true);
    const isKnown = logicalAnd(less(others, 0.5), less(-0.5, gain));
    const shift = sub(log1p(where(isKnown, gain, 0)), log1p(where(isKnown, neg(others), 0)));
    const [logP, logQ] = [logSoftmax(a), logSoftmax(b)];
    return where(isKnown, sub(shift, v), where(equal(logP, logQ), 0, sub(logQ, logP)));
  },
  (dy, a, b) => [neg(slopeOfLogSoftmax(dy, a)), slopeOfLogSoftmax(dy, b)],
);

/** p − q. */
export const differenceOfSoftmaxes: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => {
    const ratio = logRatioOfSoftmaxes(a, b);
    const p = softmax(a);
    return where(less(tfAbs(ratio), NEAR), neg(mul(p, expm1(ratio))), sub(p, softmax(b)));
  },
  (dy, a, b) => [slopeOfSoftmax(dy, a), neg(slopeOfSoftmax(dy, b))],
);

/** p − q of probabilities p and the softmax q of b: of a q close to 1 as (1 − q) − (1 − p), which rounds less. */
export const differenceFromSoftmax: (p: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (p, b) => {
    const q = softmax(b);
    return where(less(0.5, q), sub(softmaxOfOthers(b), sub(1, p)), sub(p, q));
  },
  (dy, _, b) => [clone(dy), neg(slopeOfSoftmax(dy, b))],
);
