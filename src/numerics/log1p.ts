import { lessEqual, log, type Tensor, log1p as tfLog1p } from '@tensorflow/tfjs-core';
import { add, div, getBackend, less, logicalAnd, mul, neg, square, sub } from '../tfjs/ops.js';
import { withGradient } from './autodiff.js';
import { polynomial } from './polynomial.js';
import { where } from './portable.js';
import { ratio } from './quotient.js';

/** Backends whose logarithm itself has few digits near 1. Their `log1p`, and that of wasm, is ln(1 + x). */
export const isCoarse = (): boolean => getBackend() === 'webgl' || getBackend() === 'webgpu';

/** ln(1 + x), to all digits near 0. */
export const log1p: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    if (isCoarse()) return byQuotient(x);
    if (getBackend() !== 'wasm') return tfLog1p(x);
    const whole = add(1, x);
    // What 1 + x has lost to rounding.
    const lost = sub(x, sub(whole, 1));
    const isOrdinary = logicalAnd(less(0, whole), less(whole, Infinity));
    return add(log(whole), where(isOrdinary, div(lost, whole), 0));
  },
  (dy, x) => ratio(dy, add(1, x)),
);

/** `log1p` of x from 0 to 1, which on wasm needs no look at the ends of its domain. */
export const log1pOfShare: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    if (getBackend() !== 'wasm') return log1p(x);
    const whole = add(1, x);
    return add(log(whole), div(sub(x, sub(whole, 1)), whole));
  },
  (dy, x) => ratio(dy, add(1, x)),
);

/** ln(1 + x) − x for |x| ≤ ½, to all digits near 0, where it is −½x². */
export const log1pMinusX: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    // ln(1 + x) = 2·(s + s³/3 + s⁵/5 + …) with s = x ÷ (2 + x), and 2s − x = −x·s.
    const s = div(x, add(2, x));
    const squared = square(s);
    const series = polynomial(
      squared,
      [3, 5, 7, 9, 11, 13, 15, 17].map((n) => 2 / n),
    );
    return mul(s, sub(mul(squared, series), x));
  },
  (dy, x) => neg(mul(dy, ratio(x, add(1, x)))),
);

/** ln x, to all digits near 1. */
export function ln(x: Tensor): Tensor {
  if (!isCoarse()) return log(x);
  const isNear = logicalAnd(lessEqual(0.5, x), lessEqual(x, 2));
  return where(isNear, byQuotient(where(isNear, sub(x, 1), 0)), log(x));
}

/** ln(1 + x) with s = x ÷ (2 + x) as 2·(s + s³/3 + s⁵/5 + …) for x from −½ to 1, to float32. */
function byQuotient(x: Tensor): Tensor {
  const isNear = logicalAnd(lessEqual(-0.5, x), lessEqual(x, 1));
  const near = where(isNear, x, 0);
  const s = div(near, add(2, near));
  const series = polynomial(
    square(s),
    [1, 3, 5, 7, 9, 11, 13, 15].map((n) => 2 / n),
  );
  return where(isNear, mul(s, series), log(add(1, x)));
}
