import type { Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../../numerics/autodiff.js';
import { where } from '../../../numerics/portable.js';
import { fraction, ratio } from '../../../numerics/quotient.js';
import { add, less, mul, sub } from '../../../tfjs/ops.js';

/** 1 − hits ÷ max(hits + errors, ε), with all digits of the errors. */
export function lackOf(hits: Tensor, errors: Tensor, epsilon: number | Tensor): Tensor {
  const isSmall = constant(() => less(add(hits, errors), epsilon));
  // Only where it bounds, so that it may be 0.
  const bound = constant(() => where(isSmall, epsilon, 1));
  const whole = fraction(where(isSmall, 1, errors), where(isSmall, 1, hits));
  return where(isSmall, ratio(sub(epsilon, hits), bound), whole);
}

/** hits ÷ max(hits + errors, ε), with all digits of the hits. */
export function shareOf(hits: Tensor, errors: Tensor, epsilon: number): Tensor {
  const isSmall = constant(() => less(add(hits, errors), epsilon));
  const whole = fraction(where(isSmall, 1, hits), where(isSmall, 1, errors));
  return where(isSmall, mul(1 / epsilon, hits), whole);
}
