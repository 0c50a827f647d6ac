import { greater, type Tensor } from '@tensorflow/tfjs-core';
import { less, mul, zerosLike } from '../tfjs/ops.js';
import { constant, withGradient } from './autodiff.js';
import { atLeast, atMost } from './functions.js';
import { isHalf, where } from './portable.js';

/** Predictions inside the domain of a formula, and what draws those back that were not. */
export interface Confined {
  /** x between the bounds, else the nearer bound; beyond it by more than rounding, without a derivative. */
  readonly inside: Tensor;
  /** 0, with derivative −1 below the bounds and 1 above them. */
  readonly pull: Tensor;
}

/** By how much a sum of probabilities may miss 1 by rounding. */
const rounding = (): number => (isHalf() ? 2 ** -9 : 1e-6);

/**
 * The formula of a loss has no meaning outside its domain: a logarithm of probabilities goes on, or has no value. There a
 * loss is that at the bound, and its derivative is 1 towards the domain. What has left the domain by rounding only counts
 * as lying on its bound, and has the derivative of the formula.
 */
export function confined(x: Tensor, [low, high]: readonly [number, number]): Confined {
  /** One of three for each number: below the bounds, above them, and else. */
  const chosen = (input: Tensor, below: number, above: number, within: Tensor): Tensor => {
    const isAbove = (): Tensor => constant(() => greater(input, high + rounding()));
    const isBelow = (): Tensor => constant(() => less(input, low - rounding()));
    const isFree = high === Infinity ? within : where(isAbove(), above, within);
    return low === -Infinity ? isFree : where(isBelow(), below, isFree);
  };
  const inside = withGradient(
    (input) =>
      low === -Infinity
        ? atMost(input, high)
        : high === Infinity
          ? atLeast(input, low)
          : atMost(atLeast(input, low), high),
    (dy, input) => chosen(input, 0, 0, dy),
  );
  const pull = withGradient(
    (input) => zerosLike(input),
    (dy, input) =>
      mul(
        dy,
        constant(() => chosen(input, -1, 1, zerosLike(input))),
      ),
  );
  return { inside: inside(x), pull: pull(x) };
}
