import { onesLike, type Tensor } from '@tensorflow/tfjs-core';
import { add, div, less, mul, sub } from '../tfjs/ops.js';
import { withGradient } from './autodiff.js';
import { log1p } from './log1p.js';
import { logOfRise } from './logRatio.js';
import { polynomial } from './polynomial.js';
import { where } from './portable.js';
import { ratio } from './quotient.js';

/*
 * ln Γ by what Stirling's formula leaves out: ln Γ(x) = (x − ½)·ln x − x + ½·ln 2π + r(x) for x > 0. Likelihoods of counts
 * subtract such logarithms from each other; what is large cancels on paper, and r is small, so no digits are lost.
 */

/** x·r(x) in powers of 1/x for x ≥ 1, to 8e-9 of it; it begins as 1/12. */
const VALUE = [
  8.33333334e-2, -1.16517039e-8, -2.777441852e-3, -3.357323789e-6, 8.058417653e-4, 1.30241988e-5, -8.462467172e-4,
  8.558986063e-4, -3.930442165e-4, 7.347066363e-5,
];

/** x²·r′(x), likewise, to 2e-9. */
const SLOPE = [
  -8.333333332e-2, -7.400748101e-9, 8.333838167e-3, -1.230892154e-5, -3.820546189e-3, -1.011309157e-3, 8.394390492e-3,
  -1.08138632e-2, 7.326356759e-3, -2.713933427e-3, 4.350513548e-4,
];

/** x³·r″(x), likewise, to 3e-9. */
const BEND = [
  1.666666663e-1, 1.283657022e-7, -3.334025511e-2, 1.481915206e-4, 2.214916291e-2, 1.106783703e-2, -7.984897427e-2,
  1.230697374e-1, -1.065889923e-1, 5.649188927e-2, -1.719674924e-2, 2.315424949e-3,
];

/** Of x ≥ 1 by powers of 1/x; of a smaller x by that of x + 1 and what lies between the two. */
export function byPowers(
  x: Tensor,
  coefficients: readonly number[],
  times: (series: Tensor, inverse: Tensor) => Tensor,
  between: (x: Tensor) => Tensor,
): Tensor {
  const isSmall = less(x, 1);
  const inverse = div(1, where(isSmall, add(1, x), x));
  const whole = times(polynomial(inverse, coefficients), inverse);
  return where(isSmall, add(whole, between(where(isSmall, x, 1))), whole);
}

/** ln(1 + 1/x). */
const logOfNext = (x: Tensor): Tensor => logOfRise(onesLike(x), x);

/** r(x) = ln Γ(x) − ((x − ½)·ln x − x + ½·ln 2π) of x > 0: about 1/12x. */
export const stirlingRest: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => byPowers(x, VALUE, mul, (small) => sub(mul(add(small, 0.5), logOfNext(small)), 1)),
  (dy, x) => mul(dy, slopeOfRest(x)),
);

/** r′(x) = ψ(x) − ln x + 1/2x. */
export const slopeOfRest: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) =>
    byPowers(
      x,
      SLOPE,
      (series, inverse) => mul(mul(series, inverse), inverse),
      (small) => sub(logOfNext(small), div(div(add(small, 0.5), add(small, 1)), small)),
    ),
  (dy, x) => mul(dy, bendOfRest(x)),
);

/** r″(x) = ψ′(x) − 1/x − 1/2x². */
const bendOfRest = (x: Tensor): Tensor =>
  byPowers(
    x,
    BEND,
    (series, inverse) => mul(mul(mul(series, inverse), inverse), inverse),
    (small) => {
      const root = ratio(ratio(1, small), add(small, 1));
      return mul(mul(0.5, root), root);
    },
  );

/** r(1), as which ln 1! is exactly 0. */
const OF_ONE = 1 - 0.5 * Math.log(2 * Math.PI);

/** ln y! = ln Γ(1 + y) of y ≥ 0 that are small: of large ones, terms cancel. */
export const logOfFactorial = (y: Tensor): Tensor =>
  add(sub(mul(add(y, 0.5), log1p(y)), y), sub(stirlingRest(add(1, y)), OF_ONE));
