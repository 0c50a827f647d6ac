import { log, type Tensor } from '@tensorflow/tfjs-core';
import { div, equal, less, max, mul, neg, sub } from '../tfjs/ops.js';
import { constant, withGradient, withGradientGiven } from './autodiff.js';
import { atLeast } from './functions.js';
import { representable, where } from './portable.js';
import { ratio } from './quotient.js';
import { aboveMean, logOfTotal, partsOf, restOfSure, restsOf, type Shares, sharesOf } from './shares.js';

/*
 * Numbers x ≥ 0 divided by their sum over the last axis, so that rounded probabilities sum to 1. They are scaled first, as
 * their sum may be beyond float32. A row of zeros stays; its sum counts as 1.
 */

interface Scaled extends Shares {
  /** The largest x of a row, and 1 where that is 0: `[..., 1]`. */
  readonly scale: Tensor;
}

function scaled(x: Tensor): Scaled {
  const largest = constant(() => max(x, -1, true));
  const scale = constant(() => where(equal(largest, 0), 1, largest));
  const parts = sharesOf(
    shareOf(x, scale),
    constant(() => sub(x, scale)),
  );
  return { ...parts, total: atLeast(parts.total, 1), scale };
}

/** x ÷ scale: division on GPUs need not give 1 for two equal numbers. */
const shareOf = /* @__PURE__ */ withGradientGiven(
  (x, scale) => where(equal(x, scale), 1, div(x, scale)),
  (dy, _, scale) => div(dy, scale),
);

/** p = x ÷ Σ x. */
export const normalized: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => partsOf(scaled(x)),
  (dy, x) => slope(dy, x),
);

/** 1 − p, also where p is 1 but for rounding. */
export const normalizedOthers: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => restsOf(scaled(x)),
  (dy, x) => neg(slope(dy, x)),
);

/** ln max(p, ε), to all digits of what the others have where p is 1 but for rounding. Without derivative. */
export const logNormalized = (x: Tensor, epsilon: number): Tensor =>
  constant(() => {
    const own = scaled(x);
    const isBelow = less(partsOf(own), representable(epsilon));
    const logOfShare = log(where(isBelow, representable(epsilon), own.shares));
    return sub(logOfShare, where(isBelow, 0, logOfTotal(own)));
  });

/** The derivative, (dy − Σ dy·p) ÷ Σ x: what is large is subtracted before it is divided. */
function slope(dy: Tensor, x: Tensor): Tensor {
  const own = scaled(x);
  const { scale, total, sureClass } = own;
  return mul(ratio(1, mul(scale, total)), aboveMean(dy, partsOf(own), restOfSure(own), sureClass));
}
