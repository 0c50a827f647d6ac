import { div, equal, notEqual, type Tensor } from '@tensorflow/tfjs-core';
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
