import type { Tensor } from '@tensorflow/tfjs-core';
import { opKernels } from './opKernels.js';
import { add, broadcast_util, div, equal, mul, neg, notEqual } from '../tfjs/ops.js';
import { constant, withGradient, withGradients } from './autodiff.js';
import { cast, where } from './portable.js';
import { stretch, sum } from './sum.js';

/** a ÷ b of sums of weights or counts, and 0, with derivative 0, where b is 0. */
export function quotient(a: Tensor, b: Tensor): Tensor {
  const isZero = constant(() => equal(b, 0));
  return where(isZero, 0, div(a, where(isZero, 1, b)));
}

/** How many entries, over the given axes or all, are not 0. */
export function countNonzero(x: Tensor, over?: number[]): Tensor {
  return constant(() => opKernels.countNonzero?.(x, over) ?? sum(cast(notEqual(x, 0), 'float32'), over));
}

/**
 * a ÷ b, broadcast together. In the derivative for b, tfjs has b², which is 0 or Infinity where b is small or large; here b
 * divides twice.
 */
export function ratio(a: Tensor | number, b: Tensor): Tensor {
  if (typeof a === 'number') return share(a)(b);
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  return ratioOfAlike(stretch(a, shape), stretch(b, shape));
}

const ratioOfAlike: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(div, (dy, a, b) => [
  ratio(dy, b),
  neg(ratio(mul(dy, ratio(a, b)), b)),
]);

/** A number ÷ b. */
const share = (a: number): ((b: Tensor) => Tensor) =>
  withGradient(
    (b) => div(a, b),
    (dy, b) => neg(ratio(mul(dy, ratio(a, b)), b)),
  );

/**
 * a ÷ (a + b) of two tensors of one shape. Its derivatives are shares too, where those of a quotient subtract: near 1 it
 * changes with a by b ÷ (a + b)².
 */
export const fraction: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => div(a, add(a, b)),
  (dy, a, b) => {
    const whole = add(a, b);
    return [ratio(mul(dy, fraction(b, a)), whole), neg(ratio(mul(dy, fraction(a, b)), whole))];
  },
);
