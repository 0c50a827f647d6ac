import { abs, type Tensor } from '@tensorflow/tfjs-core';
import { add, div, less, mul, neg, sub } from '../tfjs/ops.js';
import { constant, withGradients } from './autodiff.js';
import { log1p } from './log1p.js';
import { isHalf, where } from './portable.js';
import { ratio } from './quotient.js';

/** Quotients above 1 ÷ this, which might be Infinity, are made smaller by it. */
const share = (): number => (isHalf() ? 2 ** -13 : 2 ** -126);

/**
 * ln((s + a) ÷ (s + b)) for two tensors of one shape and a number s ≥ 0, all sums positive: ±ln(1 + |a − b| ÷ (s + the
 * smaller)), which keeps all digits where a and b are close. The derivatives are 1 ÷ (s + a) and −1 ÷ (s + b).
 */
export function logRatio(a: Tensor, b: Tensor, s = 0): Tensor {
  const plusShift = (x: Tensor): Tensor => (s === 0 ? x : add(s, x));
  const value = (x: Tensor, y: Tensor): Tensor => {
    const isSmaller = less(x, y);
    const [difference, least] = [abs(sub(x, y)), plusShift(where(isSmaller, x, y))];
    const size = s < 1 ? logOfRise(difference, least) : log1p(div(difference, least));
    return where(isSmaller, neg(size), size);
  };
  return withGradients(
    (x, y) => constant(() => value(x, y)),
    (dy, x, y) => [ratio(dy, plusShift(x)), neg(ratio(dy, plusShift(y)))],
  )(a, b);
}

/** ln(1 + difference ÷ least) of positive numbers, also where the quotient is Infinity. Without a derivative of its own. */
export function logOfRise(difference: Tensor, least: Tensor): Tensor {
  const isFar = less(mul(least, 1 / share()), difference);
  // A factor: what is not chosen would be below the normal numbers, with which processors are slow.
  const excess = div(mul(difference, where(isFar, share(), 1)), least);
  // ln(1 + q/s) = ln(1 + (q − 1 + s)) − ln s.
  return add(log1p(add(excess, where(isFar, share() - 1, 0))), where(isFar, -Math.log(share()), 0));
}
