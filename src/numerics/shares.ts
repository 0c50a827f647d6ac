import type { Tensor } from '@tensorflow/tfjs-core';
import { add, div, equal, less, mul, sub } from '../tfjs/ops.js';
import { atLeast } from './functions.js';
import { ln } from './log1p.js';
import { where } from './portable.js';
import { sum } from './sum.js';

/*
 * Parts p of a row that sum to 1, with the largest apart: where p is close to 1, what is left for the others, 1 − p, is the
 * sum of theirs, and has digits that 1 less p lacks.
 */

/** The numbers of a row as shares of its largest; shapes [..., C] and [..., 1]. */
export interface Shares {
  readonly shares: Tensor;
  /** Their sum. */
  readonly total: Tensor;
  /** Their sum without the largest. */
  readonly others: Tensor;
  /** True where one class has more than two thirds of all: there `others` has digits that `total` lacks. */
  readonly isSure: Tensor;
  /** The class that a row is sure of; false all along the other rows. */
  readonly sureClass: Tensor;
}

/**
 * `gap` is 0 at the largest share of a row, which is 1, and negative elsewhere. Booleans are not combined with those of rows,
 * which tfjs on wasm does 14 times as slowly as it subtracts.
 */
export function sharesOf(shares: Tensor, gap: Tensor): Shares {
  const total = sum(shares, -1, true);
  const others = sum(where(equal(gap, 0), 0, shares), -1, true);
  const isSure = less(total, 1.5);
  return { shares, total, others, isSure, sureClass: equal(sub(gap, where(isSure, 0, 1)), 0) };
}

/** p, the parts of the total. */
export const partsOf = ({ shares, total }: Shares): Tensor => mul(div(1, total), shares);

/** 1 − p. */
export const restsOf = ({ shares, total, others, sureClass }: Shares): Tensor =>
  mul(div(1, total), where(sureClass, others, sub(total, shares)));

/** 1 − p of the class that a row is sure of, [..., 1]. */
export const restOfSure = ({ total, others }: Shares): Tensor => mul(div(1, total), others);

/** The logarithm of the total. */
export function logOfTotal({ total, others, isSure }: Shares): Tensor {
  const whole = where(isSure, add(1, others), total);
  // What 1 plus the others has lost to rounding.
  const lost = div(sub(others, sub(whole, 1)), whole);
  return add(ln(atLeast(whole, 1)), where(isSure, lost, 0));
}

/** dy − Σ dy·p, for the class that a row is sure of as dy·(1 − p), `rest`, less the other terms of the sum. */
export function aboveMean(dy: Tensor, p: Tensor, rest: Tensor, sureClass: Tensor): Tensor {
  const terms = mul(dy, p);
  const ofOthers = sum(where(sureClass, 0, terms), -1, true);
  return sub(where(sureClass, mul(dy, rest), dy), where(sureClass, ofOthers, sum(terms, -1, true)));
}
