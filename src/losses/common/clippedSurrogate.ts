import { exp, type Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../numerics/autodiff.js';
import { atLeast, atMost, timesExp } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { less, mul, neg, notEqual } from '../../tfjs/ops.js';

/** How far a ratio r of probabilities is followed. */
interface FollowedRatios {
  /** Down to this, where the advantage is negative. */
  readonly low: number;
  /** Up to this, where it is not. */
  readonly high: number;
  /** Up to this, where the advantage is negative; null: everywhere. */
  readonly most: number | null;
}

/**
 * −r·A, of advantages A, which have no derivative, and ln r, two tensors of one shape; beyond the ratios that are followed r
 * is the nearest of them. At a bound the derivative is that of r·A.
 */
export function clippedSurrogate(advantages: Tensor, logRatio: Tensor, { low, high, most }: FollowedRatios): Tensor {
  const ratio = constant(() => exp(logRatio));
  const followed = constant(() => {
    const ofBad = atLeast(ratio, low);
    return where(less(advantages, 0), most === null ? ofBad : atMost(ofBad, most), atMost(ratio, high));
  });
  const isClipped = constant(() => notEqual(followed, ratio));
  // Where the bound is taken, the ratio may be beyond float32.
  const bound = mul(where(isClipped, followed, 0), advantages);
  return neg(where(isClipped, bound, timesExp(advantages, where(isClipped, 0, logRatio))));
}
