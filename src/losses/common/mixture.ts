import { log, type Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../numerics/autodiff.js';
import { atMost } from '../../numerics/functions.js';
import { ln, log1p } from '../../numerics/log1p.js';
import { isHalf, where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { minus, over } from '../../numerics/scalars.js';
import { add, equal, less, logicalAnd, max, mul, neg, sub } from '../../tfjs/ops.js';
import type { DistributionFormat } from './distribution.js';
import { excessOfLog, ofPair, type OfPair, quotientGiven } from './excess.js';

/** A side of the mixture M = β·P + (1 − β)·Q: its share, and how its probabilities are given. */
export interface Side {
  readonly share: number;
  readonly format: DistributionFormat;
}

/**
 * β·p·ln(p ÷ m) + (1 − β)·q·ln(q ÷ m) of two distributions, with the mixture m = β·p + (1 − β)·q, and p − q given. Its
 * derivatives are β·ln(p ÷ m) and (1 − β)·ln(q ÷ m).
 */
export const excessOfMixture = (ofP: Side, ofQ: Side): OfPair =>
  ofPair(
    (p, q, difference) => {
      const mixture = add(mul(ofP.share, p), mul(ofQ.share, q));
      // p − m = (1 − β)·(p − q). What the terms have beyond p·ln(p ÷ m) adds up to 0.
      const ofLabels = excessOfLog(p, mixture, mul(ofQ.share, difference), logOfShare(ofP.share)(p, q, difference));
      const opposite = neg(difference);
      const ofPredictions = excessOfLog(q, mixture, mul(ofP.share, opposite), logOfShare(ofQ.share)(q, p, opposite));
      return add(mul(ofP.share, ofLabels), mul(ofQ.share, ofPredictions));
    },
    (dy, p, q, difference) => [
      mul(mul(ofP.share, dy), slopeFor(ofP)(p, q, difference)),
      mul(mul(ofQ.share, dy), slopeFor(ofQ)(q, p, neg(difference))),
    ],
  );

/** ln(p ÷ m); of a softmax plus any constant of the row, which its derivative does not feel. */
const slopeFor =
  ({ share, format }: Side): OfPair =>
  (p, q, difference) => {
    const plain = logOfShare(share)(p, q, difference);
    if (format !== 'logits') return plain;
    const isFar = constant(() => {
      const isLargest = equal(p, max(p, -1, true));
      return less(max(where(isLargest, q, 0), -1, true), mul(0.5, max(p, -1, true)));
    });
    // Where q has less of the largest class: ln(β·p ÷ m) = −ln(1 + (1 − β)·q ÷ (β·p)), which is close to 0 there.
    const isCommon = constant(() => less(q, p));
    const rest = mul(over(minus(1, share), share), ratio(where(isCommon, q, 0), where(isCommon, p, 1)));
    const finite = atMost(rest, isHalf() ? 6e4 : 3e38);
    return where(isFar, where(isCommon, neg(log1p(finite)), add(plain, log(share))), plain);
  };

/** ln(p ÷ m). At p = 0, where it is infinite, and the derivative of p·ln p is left out, −ln m − 1; and 0 at m = 0. */
const logOfShare = (share: number): OfPair => {
  const mixtureOf = (p: Tensor, q: Tensor): Tensor => add(mul(share, p), mul(minus(1, share), q));
  /** m, and 1 where it is 0. */
  const positive = (mixture: Tensor): Tensor =>
    where(
      constant(() => equal(mixture, 0)),
      1,
      mixture,
    );
  return ofPair(
    (p, q, difference) => {
      const [isZero, isNone] = [equal(p, 0), equal(q, 0)];
      // A multiple of all three, so that a mixture of the smallest numbers has all its digits.
      const [a, b, d] = [p, q, difference].map((x) => mul(isHalf() ? 1 : 2 ** 24, x)) as [Tensor, Tensor, Tensor];
      const { quotient, lost } = quotientGiven(a, positive(mixtureOf(a, b)), mul(minus(1, share), d));
      const logarithm = ln(where(isZero, positive(mixtureOf(p, q)), quotient));
      return where(isZero, where(logicalAnd(isZero, isNone), 0, sub(-1, logarithm)), add(logarithm, lost));
    },
    (dy, p, q) => {
      const isZero = constant(() => equal(p, 0));
      const change = ratio(dy, positive(mixtureOf(p, q)));
      const ofQuotient = where(isZero, 0, ratio(dy, where(isZero, 1, p)));
      return [sub(ofQuotient, mul(share, change)), mul(minus(share, 1), change)];
    },
  );
};
