import { log, type Tensor } from '@tensorflow/tfjs-core';
import { constant, withDerivativeOf, withEachGradient } from '../../../numerics/autodiff.js';
import { abs } from '../../../numerics/functions.js';
import { slopeOfRest, stirlingRest } from '../../../numerics/lnGamma.js';
import { log1p, log1pMinusX } from '../../../numerics/log1p.js';
import { logOfRise } from '../../../numerics/logRatio.js';
import { where } from '../../../numerics/portable.js';
import { ratio } from '../../../numerics/quotient.js';
import { add, div, equal, less, logicalAnd, mul, neg, square, sub, zerosLike } from '../../../tfjs/ops.js';

/*
 * A negative binomial likelihood of counts y, with means μ and r = 1/α, all of one shape: without ln y! it is
 * ½·ln(1 + y/r) + ρ(r) − ρ(r + y), ρ being what Stirling's formula leaves out, plus y·(1 − ln μ − G) − r·G with
 * G = ln((r + y)/(r + μ)). Where y is large, this less y − y·ln y is half a deviance, y·V − r·G with V = ln(y/μ) − G. Where
 * y is close to μ, or r is so large that this is a Poisson likelihood, each is small next to its terms; values and
 * derivatives are written without those.
 */

type OfCounts = (y: Tensor, mean: Tensor, r: Tensor) => Tensor;
type Derivative = (dy: Tensor, y: Tensor, mean: Tensor, r: Tensor) => Tensor;

/** ±ln(1 + |a − b|·share ÷ least), with the sign of a − b. */
function signedRise(a: Tensor, b: Tensor, rise: (size: Tensor, isSmaller: Tensor) => Tensor): Tensor {
  const isSmaller = less(a, b);
  const size = rise(abs(sub(a, b)), isSmaller);
  return where(isSmaller, neg(size), size);
}

/** (μ − y) ÷ ((r + y)·(r + μ)): the derivative of G for r. */
const gapByR: Derivative = (dy, y, mean, r) => ratio(ratio(mul(dy, sub(mean, y)), add(r, y)), add(r, mean));

/** G = ln((r + y)/(r + μ)) of r > 0 and y, μ ≥ 0. */
const logGap: OfCounts = /* @__PURE__ */ withEachGradient(
  (y: Tensor, mean: Tensor, r: Tensor) =>
    signedRise(y, mean, (size, isSmaller) => logOfRise(size, add(r, where(isSmaller, y, mean)))),
  [(dy, y, _, r) => ratio(dy, add(r, y)), (dy, _, mean, r) => neg(ratio(dy, add(r, mean))), gapByR],
);

/** V = ln(y·(r + μ) ÷ (μ·(r + y))) of y > 0. */
const logOfOdds: OfCounts = /* @__PURE__ */ withEachGradient(
  (y: Tensor, mean: Tensor, r: Tensor) =>
    signedRise(y, mean, (size, isSmaller) => {
      const [smaller, larger] = [where(isSmaller, y, mean), where(isSmaller, mean, y)];
      return logOfRise(mul(size, ratio(r, add(r, larger))), smaller);
    }),
  [
    (dy, y, _, r) => ratio(mul(dy, ratio(r, add(r, y))), y),
    (dy, _, mean, r) => neg(ratio(mul(dy, ratio(r, add(r, mean))), mean)),
    (dy, y, mean, r) => neg(gapByR(dy, y, mean, r)),
  ],
);

/** u = (y − μ) ÷ (r + μ). */
const excess = (y: Tensor, mean: Tensor, r: Tensor): Tensor => ratio(sub(y, mean), add(r, mean));

const isNear = (x: Tensor): Tensor => less(abs(x), 0.5);

/** u − G = u − ln(1 + u): how the parts grow with r. */
const growth: OfCounts = /* @__PURE__ */ withEachGradient(
  (y: Tensor, mean: Tensor, r: Tensor) => {
    const u = excess(y, mean, r);
    return where(isNear(u), neg(log1pMinusX(where(isNear(u), u, 0))), sub(u, logGap(y, mean, r)));
  },
  [
    (dy, y, mean, r) => ratio(mul(dy, excess(y, mean, r)), add(r, y)),
    (dy, y, mean, r) => neg(ratio(mul(dy, excess(y, mean, r)), add(r, mean))),
    (dy, y, mean, r) => neg(ratio(mul(dy, square(excess(y, mean, r))), add(r, y))),
  ],
);

/** The derivative of both for μ: (1 − y/μ)·r ÷ (r + μ). */
const byMean: Derivative = (dy, y, mean, r) => ratio(mul(mul(dy, sub(mean, y)), ratio(r, add(r, mean))), mean);

const byR: Derivative = (dy, y, mean, r) => mul(dy, growth(y, mean, r));

/** G + ln μ = ln(μ·(r + y) ÷ (r + μ)). */
const logOfShare: OfCounts = /* @__PURE__ */ withEachGradient(
  (y: Tensor, mean: Tensor, r: Tensor) =>
    where(less(r, mean), sub(log(add(r, y)), logOfRise(r, mean)), add(log(mean), logGap(y, mean, r))),
  [(dy, y, _, r) => ratio(dy, add(r, y)), (dy, _, mean, r) => ratio(mul(dy, ratio(r, add(r, mean))), mean), gapByR],
);

/** ½·ln(1 + y/r) + ρ(r) − ρ(r + y). */
const valueOfCount = (y: Tensor, r: Tensor): Tensor =>
  add(mul(0.5, logOfRise(y, r)), sub(stirlingRest(r), stirlingRest(add(r, y))));

const countByLabel = (dy: Tensor, y: Tensor, r: Tensor): Tensor => {
  const whole = add(r, y);
  return mul(dy, sub(ratio(0.5, whole), slopeOfRest(whole)));
};

const countByR = (dy: Tensor, y: Tensor, r: Tensor): Tensor => {
  const whole = add(r, y);
  const ofRests = sub(slopeOfRest(r), slopeOfRest(whole));
  return mul(dy, sub(ofRests, ratio(mul(0.5, ratio(y, whole)), r)));
};

const partOfCount: (y: Tensor, r: Tensor) => Tensor = /* @__PURE__ */ withEachGradient(valueOfCount, [
  countByLabel,
  countByR,
]);

/** y·V − r·G of y > 0. */
function valueOfMany(y: Tensor, mean: Tensor, r: Tensor): Tensor {
  // eⱽ − 1.
  const v = mul(ratio(sub(y, mean), mean), ratio(r, add(r, y)));
  const u = excess(y, mean, r);
  const areNear = constant(() => logicalAnd(isNear(u), isNear(v)));
  const odds = where(areNear, v, 0);
  const first = mul(odds, mul(sub(y, mean), ratio(r, add(r, mean))));
  const near = add(add(first, mul(y, log1pMinusX(odds))), mul(r, growth(y, mean, r)));
  return where(areNear, near, sub(mul(y, logOfOdds(y, mean, r)), mul(r, logGap(y, mean, r))));
}

const partOfMany: OfCounts = /* @__PURE__ */ withEachGradient(valueOfMany, [
  (dy, y, mean, r) => mul(dy, logOfOdds(y, mean, r)),
  byMean,
  byR,
]);

/** The likelihood of y > 0 less y − y·ln y. */
export const likelihoodOfMany: OfCounts = (y, mean, r) => add(partOfCount(y, r), partOfMany(y, mean, r));

/** y − y·ln y, also near y = e, where it is 0. */
function ownPart(y: Tensor): Tensor {
  const high = Math.fround(Math.E);
  return neg(mul(y, log1p(div(sub(sub(y, high), Math.E - high), high))));
}

/** y·(1 − ln μ − G) − r·G, with r·G = r·u less what it lacks to that. Near y = μ most of it cancels but half a deviance. */
function valueOfFew(y: Tensor, mean: Tensor, r: Tensor): Tensor {
  // y − r·u in two ways: the first rounds less, until y is much larger.
  const byGap = add(y, mul(sub(mean, y), ratio(r, add(r, mean))));
  const byShare = mul(ratio(mean, add(r, mean)), add(r, y));
  const whole = where(less(y, mul(2, mean)), byGap, byShare);
  const far = add(sub(whole, mul(y, logOfShare(y, mean, r))), mul(r, growth(y, mean, r)));
  const isClose = logicalAnd(less(0.5, y), logicalAnd(less(y, mul(4, mean)), less(mean, mul(4, y))));
  const close = where(isClose, y, 1);
  return where(isClose, add(valueOfMany(close, mean, r), ownPart(close)), far);
}

/**
 * The derivative of the likelihood for r. Of a single event it has no part of the gamma functions, as Γ(1 + r)/Γ(r) is r, and
 * is −p − ln(1 − p) − p/r with p = μ/(r + μ), next to which the parts may be large.
 */
function likelihoodByR(dy: Tensor, y: Tensor, mean: Tensor, r: Tensor): Tensor {
  const sumOfParts = add(byR(dy, y, mean, r), countByR(dy, y, r));
  return withDerivativeOf(sumOfParts, () => {
    const share = ratio(mean, add(r, mean));
    const ofOne = mul(dy, sub(growth(zerosLike(y), mean, r), ratio(share, r)));
    return where(equal(y, 1), ofOne, sumOfParts);
  });
}

/** The likelihood without ln y!, y not being so large that most of it cancels. */
export const likelihoodOfFew: OfCounts = /* @__PURE__ */ withEachGradient(
  (y: Tensor, mean: Tensor, r: Tensor) => add(valueOfCount(y, r), valueOfFew(y, mean, r)),
  [(dy, y, mean, r) => sub(countByLabel(dy, y, r), mul(dy, logOfShare(y, mean, r))), byMean, likelihoodByR],
);
