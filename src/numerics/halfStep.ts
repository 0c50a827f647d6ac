import type { Tensor } from '@tensorflow/tfjs-core';
import { add, div, mul, neg } from '../tfjs/ops.js';
import { withGradient } from './autodiff.js';
import { byPowers } from './lnGamma.js';
import { log1p } from './log1p.js';
import { ratio } from './quotient.js';

/*
 * q(x) = ln Γ(x) − ln Γ(x + ½) + ½·ln x of x > 0, which the constant of Student's distribution is made of. It falls to 0 like
 * 1/8x, while the two logarithms grow: it comes by itself, not as their difference.
 */

/** x·q(x) in powers of 1/x for x ≥ 1, to 2e-9 of it; it begins as ⅛. */
const VALUE = [
  0.1250000001, -1.969072469e-8, -5.207745168e-3, -5.955964357e-6, 1.583404053e-3, 3.502001356e-5, -1.701325158e-3,
  1.72334671e-3, -7.930012939e-4, 1.485141868e-4,
];

/** x²·q′(x), likewise, to 2e-9. */
const SLOPE = [
  -0.1249999999, -3.659154815e-8, 1.562668189e-2, -3.274407541e-5, -7.466801832e-3, -2.202437641e-3, 1.714978023e-2,
  -2.216401964e-2, 1.511462245e-2, -5.643068275e-3, 9.123846331e-4,
];

/** x³·q″(x), likewise, to 2e-8. */
const BEND = [
  0.2500000006, -1.418286253e-7, -6.249644509e-2, 8.809556496e-6, 4.594990274e-2, 1.062111336e-2, -0.1251898886,
  0.1810703944, -0.1342427443, 5.353771167e-2, -9.126848774e-3,
];

/** q(x), of which q(x) − q(x + 1) = ½·ln(1 + ¼ ÷ x(x + 1)): all terms are positive. */
export const halfStep: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => byPowers(x, VALUE, mul, (small) => mul(0.5, log1p(div(div(0.25, small), add(small, 1))))),
  (dy, x) => mul(dy, slopeOfHalfStep(x)),
);

/** q′(x), of which q′(x) − q′(x + 1) = −¼ ÷ x(x + ½)(x + 1). */
const slopeOfHalfStep: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) =>
    byPowers(
      x,
      SLOPE,
      (series, inverse) => mul(mul(series, inverse), inverse),
      (small) => neg(ofNext(small)),
    ),
  (dy, x) => mul(dy, bendOfHalfStep(x)),
);

/** q″(x), of which q″(x) − q″(x + 1) = ¼·(1/x + 1/(x + ½) + 1/(x + 1)) ÷ x(x + ½)(x + 1). */
const bendOfHalfStep = (x: Tensor): Tensor =>
  byPowers(
    x,
    BEND,
    (series, inverse) => mul(mul(mul(series, inverse), inverse), inverse),
    (small) => {
      const [first, middle, last] = [ratio(1, small), ratio(1, add(small, 0.5)), ratio(1, add(small, 1))];
      return mul(ofNext(small), add(add(first, middle), last));
    },
  );

/** ¼ ÷ x(x + ½)(x + 1). */
const ofNext = (x: Tensor): Tensor => ratio(ratio(ratio(0.25, x), add(x, 0.5)), add(x, 1));
