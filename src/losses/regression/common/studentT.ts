import { lessEqual, log, sqrt, type Tensor } from '@tensorflow/tfjs-core';
import { constant, withEachGradient, withGradients } from '../../../numerics/autodiff.js';
import { abs, bounded } from '../../../numerics/functions.js';
import { logHypotenuse } from '../../../numerics/hypotenuse.js';
import { log1pMinusX } from '../../../numerics/log1p.js';
import { where } from '../../../numerics/portable.js';
import { fraction, ratio } from '../../../numerics/quotient.js';
import { add, div, less, mul, neg, square, sub } from '../../../tfjs/ops.js';

/*
 * The part of a Student likelihood that depends on the error e: ln s + (ν + 1)·H of H = ln √(1 + w), w = e²/(ν·s²). Of the
 * share p = w/(1 + w) its derivatives are (ν + 1)/(e + ν·s²/e), (1 − p − ν·p)/s and ½·(ln(1 + w) − p − p/ν). Everything is made
 * of two lengths, c = ½e/√ν and h = ½s, of which w is the squared quotient. Where it is large, ln s cancels.
 */

/** So much longer than h, c is √(c² + h²) to all digits. */
const FAR = 2 ** 13;

/** As good as infinite, but no NaN comes of it. */
const LARGEST = 1e38;

/** From here on half an error is huge, and lengths are counted in a larger unit, as c may be larger still. */
const HUGE = 1e30;
const LOG_OF_UNIT = 20 * Math.LN2;

interface Lengths {
  readonly c: Tensor;
  readonly h: Tensor;
  /** 1 ÷ the unit. */
  readonly perUnit: Tensor;
}

const isHuge = (half: Tensor): Tensor => constant(() => less(HUGE, abs(half)));

/** c and h of half an error. */
function lengthsOf(half: Tensor, scale: Tensor, degrees: Tensor): Lengths {
  const perUnit = constant(() => where(isHuge(half), 2 ** -20, 1));
  const c = bounded(ratio(mul(half, perUnit), sqrt(degrees)), -LARGEST, LARGEST);
  return { c, h: mul(mul(0.5, scale), perUnit), perUnit };
}

interface Scaled {
  readonly unit: Tensor;
  readonly ofError: Tensor;
  readonly ofScale: Tensor;
}

/** Both lengths in units of the longer one. */
function scaled(c: Tensor, h: Tensor): Scaled {
  const unit = constant(() => where(less(abs(c), h), h, abs(c)));
  return { unit, ofError: ratio(c, unit), ofScale: ratio(h, unit) };
}

/** p = c²/(c² + h²). */
function share(c: Tensor, h: Tensor): Tensor {
  const { ofError, ofScale } = scaled(c, h);
  return fraction(square(ofError), square(ofScale));
}

/** 1 − p. */
function rest(c: Tensor, h: Tensor): Tensor {
  const { ofError, ofScale } = scaled(c, h);
  return fraction(square(ofScale), square(ofError));
}

/** dy·c/(c² + h²). */
function pull(dy: Tensor, c: Tensor, h: Tensor): Tensor {
  const { unit, ofError, ofScale } = scaled(c, h);
  return ratio(mul(dy, ratio(ofError, add(square(ofError), square(ofScale)))), unit);
}

/** H = ln √(1 + (c/h)²). */
const logOfLength: (c: Tensor, h: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (c, h) => {
    const quotient = abs(div(c, h));
    const isFar = less(FAR, quotient);
    return where(isFar, sub(log(where(isFar, abs(c), 1)), log(h)), logHypotenuse(quotient));
  },
  (dy, c, h) => [pull(dy, c, h), neg(ratio(mul(dy, share(c, h)), h))],
);

/** ln(1 + w) − p, which begins as ½p². */
function excess(c: Tensor, h: Tensor): Tensor {
  const p = share(c, h);
  const isSmall = constant(() => lessEqual(p, 0.5));
  return where(isSmall, neg(log1pMinusX(neg(where(isSmall, p, 0)))), sub(mul(2, logOfLength(c, h)), p));
}

/** ln s + (ν + 1)·H of half an error, s and ν, all of one shape. */
export const partOfError: (half: Tensor, scale: Tensor, degrees: Tensor) => Tensor = /* @__PURE__ */ withEachGradient(
  (half: Tensor, scale: Tensor, degrees: Tensor) => {
    const { c, h } = lengthsOf(half, scale, degrees);
    const isFar = less(FAR, abs(div(c, h)));
    const length = logOfLength(c, h);
    const ofError = add(log(mul(2, where(isFar, abs(c), 1))), where(isHuge(half), LOG_OF_UNIT, 0));
    const whole = where(isFar, ofError, add(log(scale), length));
    return add(whole, mul(degrees, length));
  },
  [
    (dy, half, scale, degrees) => {
      const factor = ratio(add(degrees, 1), sqrt(degrees));
      const { c, h, perUnit } = lengthsOf(half, scale, degrees);
      return pull(mul(dy, mul(factor, perUnit)), c, h);
    },
    (dy, half, scale, degrees) => {
      const { c, h } = lengthsOf(half, scale, degrees);
      return ratio(mul(dy, sub(rest(c, h), mul(degrees, share(c, h)))), scale);
    },
    (dy, half, scale, degrees) => {
      const { c, h } = lengthsOf(half, scale, degrees);
      return mul(mul(0.5, dy), sub(excess(c, h), ratio(share(c, h), degrees)));
    },
  ],
);
