import type { Tensor } from '@tensorflow/tfjs-core';
import { customGrad, div, mul, neg, sub } from '../tfjs/ops.js';
import { isHalf } from './portable.js';
import { ratio } from './quotient.js';

/** ½(a − b), finite for all finite a and b. */
export const halfDifference = (a: Tensor, b: Tensor): Tensor =>
  // Half precision has no digits for halves of small numbers.
  isHalf() ? mul(0.5, sub(a, b)) : sub(mul(0.5, a), mul(0.5, b));

/** (a − b) ÷ a for two tensors of one shape, a ≠ 0. In the derivative for a, b ÷ a², tfjs would subtract two larger terms. */
export function relativeDifference(a: Tensor, b: Tensor): Tensor {
  return customGrad((...args) => {
    const [x, y, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([x, y]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [whole, other] = saved as [Tensor, Tensor];
      return [ratio(mul(dy, ratio(other, whole)), whole), neg(ratio(dy, whole))];
    };
    return { value: mul(2, div(halfDifference(x, y), x)), gradFunc };
  })(a, b);
}
