import { squeeze, type Tensor, exp as tfExp } from '@tensorflow/tfjs-core';
import { add, clone as identity, equal, expandDims, less, logicalAnd, max, mul, neg, sub } from '../tfjs/ops.js';
import { constant, withGradient, withGradientGiven, withGradients } from './autodiff.js';
import { mulNoNan } from './functions.js';
import { lowest, where } from './portable.js';
import { logOfTotal, partsOf, restOfSure, restsOf, type Shares, sharesOf } from './shares.js';
import { sum } from './sum.js';

/*
 * The softmax of x over its last axis, with the largest x apart. Its exponential is 1 next to which those of the others
 * may be lost, and with them all digits of a confident loss.
 */

/** The exponentials of a row, as shares of that of its largest x; shapes [..., C] and [..., 1]. */
export interface Exponentials extends Shares {
  /** x less the largest x: 0 or below. */
  readonly shifted: Tensor;
}

export function exponentials(x: Tensor): Exponentials {
  const shifted = sub(x, max(x, -1, true));
  return { shifted, ...sharesOf(tfExp(shifted), shifted) };
}

/** ln Σ eˣ over the last axis. */
export const logSumExp: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => squeeze(add(max(x, -1, true), logOfTotal(exponentials(x))), [-1]),
  (dy, x) => mul(expandDims(dy, -1), softmax(x)),
);

/** x − ln Σ eˣ over the last axis: log-probabilities of logits. A logit of −Infinity has probability 0. */
export const logSoftmax: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    const own = exponentials(x);
    return sub(own.shifted, logOfTotal(own));
  },
  (dy, x) => slopeOfLogSoftmax(dy, x),
);

/** Half of x less the largest x: the whole may be beyond float32. */
const halfShifted = (x: Tensor): Tensor => sub(mul(0.5, x), mul(0.5, max(x, -1, true)));

/** Half of `logSoftmax`: the logarithm may be beyond float32 where a part of it is not. */
export const halfLogSoftmax: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    return sub(halfShifted(x), mul(0.5, logOfTotal(exponentials(x))));
  },
  (dy, x) => slopeOfLogSoftmax(mul(0.5, dy), x),
);

/** The derivative of log-softmax: dy − p·Σ dy, where p is close to 1 as dy·(1 − p) − p·(Σ dy of the others). */
export function slopeOfLogSoftmax(dy: Tensor, x: Tensor): Tensor {
  const sureClass = constant(() => exponentials(x).sureClass);
  // The largest one is the class that a row is sure of, if any, and known before the exponentials are.
  const isLargest = constant(() => equal(exponentials(x).shifted, 0));
  const ofOthers = sum(where(isLargest, 0, dy), -1, true);
  const own = mul(dy, where(sureClass, restOfLargest(x), 1));
  return sub(own, mul(softmax(x), where(sureClass, ofOthers, sum(dy, -1, true))));
}

/**
 * y·ln softmax(x) of labels y that sum to 1 along the last axis, or to 0. Such a sum lets a derivative for y have the same
 * number more along a row, so it is x less the largest x, which keeps all digits of logits that are close to each other.
 */
export const timesLogSoftmax: (y: Tensor, x: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (y, x) => mulNoNan(y, logSoftmax(x)),
  (dy, y, x) => {
    const largest = constant(() => max(x, -1, true));
    const isNone = constant(() => logicalAnd(equal(y, 0), equal(x, lowest())));
    return [mul(dy, sub(where(isNone, 0, x), where(isNone, 0, largest))), slopeOfLogSoftmax(mul(dy, y), x)];
  },
);

/**
 * Σ y·ln softmax(x) over the last axis, of y ≥ 0, as Σ y·(x less the largest x) less ln Σ e^(the same) times Σ y: no term is
 * above 0, and kernels need the exponentials only once.
 */
export const sumTimesLogSoftmax: (y: Tensor, x: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (y, x) => {
    const total = mul(sum(y, -1, true), logOfTotal(exponentials(x)));
    return sub(sum(mulNoNan(mul(2, y), halfShifted(x)), -1), squeeze(total, [-1]));
  },
  (dy, y, x) => {
    const row = expandDims(dy, -1);
    const isNone = constant(() => logicalAnd(equal(y, 0), equal(x, lowest())));
    return [mul(row, where(isNone, 0, logSoftmax(x))), slopeOfLogSoftmax(mul(row, y), x)];
  },
);

/** The entry of each row where a choice among the classes is true, `[..., 1]`. */
const chosen = (x: Tensor, isChosen: Tensor): Tensor => sum(where(isChosen, x, 0), -1, true);

/** The log-probability of one class of each row, `[...]`, of logits and the choice of that class, both `[..., C]`. */
export const logSoftmaxAt: (x: Tensor, isChosen: Tensor) => Tensor = /* @__PURE__ */ withGradientGiven(
  (x, isChosen) => {
    const own = exponentials(x);
    return squeeze(sub(chosen(own.shifted, isChosen), logOfTotal(own)), [-1]);
  },
  (dy, x, isChosen) => mul(expandDims(dy, -1), slopesAt(x, isChosen)),
);

/** 1 − p of one class of each row, as `logSoftmaxAt`. */
export const softmaxOfOthersAt: (x: Tensor, isChosen: Tensor) => Tensor = /* @__PURE__ */ withGradientGiven(
  (x, isChosen) => squeeze(chosen(softmaxOfOthers(x), isChosen), [-1]),
  (dy, x, isChosen) => mul(neg(mul(expandDims(dy, -1), chosen(softmax(x), isChosen))), slopesAt(x, isChosen)),
);

/** The derivatives of the logarithm of a chosen p: 1 − p for itself and −p of the others. */
const slopesAt = (x: Tensor, isChosen: Tensor): Tensor =>
  where(isChosen, chosen(softmaxOfOthers(x), isChosen), neg(softmax(x)));

/** eˣ ÷ Σ eˣ over the last axis: probabilities p of logits. */
export const softmax: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => partsOf(exponentials(x)),
  (dy, x) => slopeOfSoftmax(dy, x),
);

/** 1 − p of each class, p the softmax of x, also where p is 1 but for rounding. */
export const softmaxOfOthers: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => restsOf(exponentials(x)),
  (dy, x) => neg(slopeOfSoftmax(dy, x)),
);

/** 1 − p of the largest class, [..., 1]. */
const restOfLargest: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => restOfSure(exponentials(x)),
  (dy, x) => {
    const isLargest = constant(() => equal(exponentials(x).shifted, 0));
    return neg(slopeOfSoftmax(where(isLargest, dy, 0), x));
  },
);

/**
 * `softmaxOfOthers` of x as a function of `halfLogSoftmax` of x, which passes the derivative on, so that a loss of both has
 * one sum over the classes.
 */
export function othersByHalfLog(half: Tensor, x: Tensor): Tensor {
  const others = constant(() => softmaxOfOthers(x));
  return withGradientGiven(
    () => identity(others),
    (dy, _, p) => mul(dy, mul(-2, p)),
  )(half, softmax(x));
}

/**
 * 1 − p of each class, of a softmax p itself: above one half it is the sum of the other classes, which has digits that p
 * lacks. Without derivative.
 */
export const othersOf = (p: Tensor): Tensor =>
  constant(() => {
    const isSure = less(0.5, p);
    return where(isSure, sum(where(isSure, 0, p), -1, true), sub(1, p));
  });

/**
 * The derivative of softmax, p·(dy − Σ dy·p). The same number may be taken from each dy of a row: that of a largest p, and
 * then, unless the row is sure of that class, the sum of what is left. So classes that share a derivative, or one that has
 * almost all of the probability, do not drown the parts of the others.
 */
export function slopeOfSoftmax(dy: Tensor, x: Tensor): Tensor {
  const p = softmax(x);
  const { shifted, isSure } = exponentials(x);
  const ofLargest = constant(() => max(where(equal(shifted, 0), dy, lowest()), -1, true));
  const fromLargest = sub(dy, ofLargest);
  const common = constant(() => where(isSure, 0, sum(mul(fromLargest, p), -1, true)));
  const apart = sub(fromLargest, common);
  return mul(p, sub(apart, sum(mul(apart, p), -1, true)));
}
