import type { Tensor } from '@tensorflow/tfjs-core';
import { customGrad, div, equal, mul, neg, notEqual } from '../tfjs/ops.js';
import { constant } from './autodiff.js';
import { cast, where } from './portable.js';
import { sum } from './sum.js';

/** a ÷ b, and 0, with derivative 0, where b is 0. */
export function quotient(a: Tensor, b: Tensor): Tensor {
  const isZero = constant(() => equal(b, 0));
  return where(isZero, 0, div(a, where(isZero, 1, b)));
}

/** How many entries, over the given axes or all, are not 0. */
export function countNonzero(x: Tensor, over?: number[]): Tensor {
  return constant(() => sum(cast(notEqual(x, 0), 'float32'), over));
}

/**
 * a ÷ b for two tensors of one shape. In the derivative for b, tfjs has b², which is 0 or Infinity where b is small or
 * large; here b divides twice.
 */
export function ratio(a: Tensor, b: Tensor): Tensor {
  return customGrad((...args) => {
    const [over, under, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([over, under]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [x, y] = saved as [Tensor, Tensor];
      return [ratio(dy, y), neg(ratio(mul(dy, ratio(x, y)), y))];
    };
    return { value: div(over, under), gradFunc };
  })(a, b);
}
