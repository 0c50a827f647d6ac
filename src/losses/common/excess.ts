import { log, abs as tfAbs, type Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../numerics/autodiff.js';
import { ln } from '../../numerics/log1p.js';
import { mulNoNan } from '../../numerics/functions.js';
import { polynomial } from '../../numerics/polynomial.js';
import { where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { add, customGrad, div, equal, less, logicalAnd, mul, neg, square, sub } from '../../tfjs/ops.js';

/*
 * The terms of divergences between numbers y ≥ 0 and q ≥ 0 of two tensors of one shape, which may be almost equal: what is
 * known of y − q goes with them. With s = (y − q) ÷ (y + q), ln(y ÷ q) = 2·artanh s.
 */

/** s/3 + s³/5 + s⁵/7 + …, which is (artanh s ÷ s − 1) ÷ s; for |s| ≤ 1/3 to float32. */
const tail = (s: Tensor): Tensor => {
  const squared = square(s);
  const series = [17, 15, 13, 11, 9, 7, 5].reduce<Tensor | number>(
    (sum, n) => mul(squared, add(sum, 1 / n)),
    0,
  ) as Tensor;
  return mul(s, add(series, 1 / 3));
};

/** Where y ÷ q lies between 1/2 and 2. */
export const isClose: OfPair = (y, q, difference) => less(mul(3, tfAbs(difference)), add(y, q));

/** s there, and 0 elsewhere. */
function near(y: Tensor, q: Tensor, difference: Tensor): { readonly s: Tensor; readonly isNear: Tensor } {
  const isNear = isClose(y, q, difference);
  return { s: where(isNear, div(difference, where(isNear, add(y, q), 1)), 0), isNear };
}

export type OfPair = (y: Tensor, q: Tensor, difference: Tensor) => Tensor;

/** A function of y and q, which knows y − q; the derivative for that is part of those for y and q. */
export function ofPair(
  value: OfPair,
  derivatives: (dy: Tensor, ...given: Parameters<OfPair>) => [Tensor, Tensor],
): OfPair {
  return (y, q, difference) =>
    customGrad((...args) => {
      const [a, b, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
      save([a, b, difference]);
      const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] =>
        derivatives(dy, ...(saved as [Tensor, Tensor, Tensor]));
      return { value: value(a, b, difference), gradFunc };
    })(y, q);
}

/** y ÷ q, a float32, and what is missing of ln(y ÷ q) in its logarithm: near 1 what it has lost to rounding. */
export function quotientGiven(
  y: Tensor,
  q: Tensor,
  difference: Tensor,
): { readonly quotient: Tensor; readonly lost: Tensor } {
  const quotient = div(y, q);
  const isNear = less(tfAbs(difference), mul(0.5, q));
  const lost = sub(div(difference, q), sub(quotient, 1));
  return { quotient, lost: where(isNear, div(lost, quotient), 0) };
}

/** 1/2!, 1/3!, …: of (eʳ − 1 − r) ÷ r², to float32 for |r| ≤ ln 2. */
const FACTORIALS = [2, 6, 24, 120, 720, 5040, 40320, 362880, 3628800].map((factorial) => 1 / factorial);

/** y·(eʳ − 1 − r) with r = ln(q ÷ y), |r| ≤ ln 2: there y·ln(y ÷ q) − y + q keeps its digits. */
export const nearExcess = (y: Tensor, r: Tensor): Tensor => mul(mul(y, square(r)), polynomial(r, FACTORIALS));

/** y·ln(y ÷ q) − y + q, of that logarithm and y − q. */
export const excessOfLog = (y: Tensor, q: Tensor, difference: Tensor, logarithm: Tensor): Tensor =>
  where(less(tfAbs(difference), mul(0.5, q)), nearExcess(y, neg(logarithm)), sub(mul(y, logarithm), difference));

/** ln(y ÷ q). */
const logRatioGiven: OfPair = /* @__PURE__ */ ofPair(
  (y, q, difference) => {
    const { quotient, lost } = quotientGiven(y, q, difference);
    return add(ln(quotient), lost);
  },
  (dy, y, q) => [ratio(dy, y), neg(ratio(dy, q))],
);

/** 1 − y ÷ q. */
const slope: OfPair = /* @__PURE__ */ ofPair(
  (_, q, difference) => neg(div(difference, q)),
  (dy, y, q) => {
    const share = ratio(dy, q);
    return [neg(share), mul(share, ratio(y, q))];
  },
);

/**
 * y·ln(y ÷ q) − y + q = (y − q)·s·(1 + (1 + s)·(s/3 + s³/5 + …)): never negative, and near equality a square, with all of its digits. As
 * 0·ln 0 = 0, the infinite derivative of y·ln y at 0 is left out.
 */
export const excess: OfPair = /* @__PURE__ */ ofPair(
  (y, q, difference) => {
    const { s, isNear } = near(y, q, difference);
    const square = mul(mul(difference, s), add(1, mul(add(1, s), tail(s))));
    return where(isNear, square, sub(mulNoNan(y, logRatioGiven(y, q, difference)), difference));
  },
  (dy, y, q, difference) => {
    const isZero = constant(() => equal(y, 0));
    const areZero = constant(() => logicalAnd(isZero, equal(q, 0)));
    const unlessZero = (x: Tensor, instead: number): Tensor => where(isZero, instead, x);
    const unlessBoth = (x: Tensor, instead: number): Tensor => where(areZero, instead, x);
    const ofZero = sub(-1, log(where(isZero, unlessBoth(q, 1), 1)));
    const ofOther = logRatioGiven(unlessZero(y, 1), unlessZero(q, 1), unlessZero(difference, 0));
    return [
      mul(dy, where(isZero, ofZero, ofOther)),
      mul(dy, slope(unlessBoth(y, 0), unlessBoth(q, 1), unlessBoth(difference, -1))),
    ];
  },
);
