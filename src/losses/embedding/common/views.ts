import { concat, range, type Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../../numerics/autodiff.js';
import { lowest, where } from '../../../numerics/portable.js';
import { ratio } from '../../../numerics/quotient.js';
import { logSoftmaxAt } from '../../../numerics/softmax.js';
import { div, equal, expandDims, logicalAnd, logicalNot, neg, sub } from '../../../tfjs/ops.js';

/*
 * Two batches of vectors, [B, D] each, of which those of the same place belong together: two views of each example.
 */

/** True where row and column have the same place, `[rows, columns]`. */
export function isOwn(rows: number, columns: number): Tensor {
  const places = (count: number): Tensor => range(0, count, 1, 'int32');
  // tfjs on wasm compares rows with columns 14 times as slowly as it subtracts.
  return constant(() => equal(sub(expandDims(places(rows), 1), expandDims(places(columns), 0)), 0));
}

/** True where an example that does not count stands in the row of one that does. Null: all count. */
export const isLeftOut = (valid: Tensor | null): Tensor | null =>
  valid && constant(() => logicalAnd(expandDims(valid, 1), logicalNot(expandDims(valid, 0))));

/** x ÷ t of a number or a single one in a tensor. */
export const over = (x: Tensor, t: Tensor | number): Tensor => (typeof t === 'number' ? div(x, t) : ratio(x, t));

/**
 * ln Σ_j e^{s_ij} − s_ii of each row of logits s `[B, B]`, without what is left out, and of further ones `[B, M]`.
 */
export function contrast(logits: Tensor, leftOut: Tensor | null, further: Tensor | null = null): Tensor {
  const own = leftOut ? where(leftOut, lowest(), logits) : logits;
  const all = further ? concat([own, further], 1) : own;
  return neg(logSoftmaxAt(all, isOwn(all.shape[0], all.shape[1] as number)));
}
