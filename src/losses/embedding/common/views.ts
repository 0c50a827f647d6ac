import { concat, range, type Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../../call/kernelSlots.js';
import { constant } from '../../../numerics/autodiff.js';
import { areBoth, lowest, where } from '../../../numerics/portable.js';
import { columnsOf, placesOfRows } from '../../../numerics/columns.js';
import { ofShape } from '../../../numerics/positions.js';
import { ratio } from '../../../numerics/quotient.js';
import { logSoftmaxAt } from '../../../numerics/softmax.js';
import { div, equal, expandDims, logicalNot, neg, notEqual, sub } from '../../../tfjs/ops.js';

/*
 * Two batches of vectors, [B, D] each, of which those of the same place belong together: two views of each example.
 */

/** True where row and column have the same place, `[rows, columns]`. */
export function isOwn(rows: number, columns: number): Tensor {
  const places = (count: number): Tensor => range(0, count, 1, 'int32');
  // tfjs on wasm compares rows with columns 14 times as slowly as it subtracts.
  return constant(() => equal(sub(expandDims(places(rows), 1), expandDims(places(columns), 0)), 0));
}

/** True where one of `count` examples that is masked stands in the row of one that is not. Null: none is masked. */
export const isLeftOut = (valid: Tensor | null, count: number): Tensor | null =>
  valid &&
  constant(() => {
    const each = ofShape(valid, [count]);
    return areBoth(expandDims(each, 1), logicalNot(expandDims(each, 0)));
  });

/** x ÷ t of a number or a single one in a tensor. */
export const over = (x: Tensor, t: Tensor | number): Tensor => (typeof t === 'number' ? div(x, t) : ratio(x, t));

/**
 * ln Σ_j e^{s_ij} − s_ii of each row of logits s `[B, B]`, without what is left out, and of further ones `[B, M]`.
 */
export function contrast(logits: Tensor, leftOut: Tensor | null, further: Tensor | null = null): Tensor {
  if (!further) return ofViews(contrastOfRow, logits, leftOut);
  return ofViews(contrastOfRow, concat([leftOut ? where(leftOut, lowest(), logits) : logits, further], 1), null);
}

/** What a formula gives of each row of the pairs of two views. */
export const ofViews = (formula: TableFormula<object>, pairs: Tensor, leftOut: Tensor | null): Tensor =>
  ofTable(formula, {}, [pairs, placesOfRows(pairs.shape[0]), ...(leftOut ? [leftOut] : [])]);

/** The formula of a row of pairs, which is told which of them is the example's own, and which are left out: null, none. */
/* @__NO_SIDE_EFFECTS__ */
export const viewsFormula = (
  compute: (pairs: Tensor, isOwn: Tensor, isLeftOut: Tensor | null) => Tensor,
): TableFormula<object> => ({
  gives: 'rows',
  compute: ([pairs, place, leftOut]) =>
    compute(
      pairs as Tensor,
      constant(() => equal(sub(columnsOf(pairs as Tensor), place as Tensor), 0)),
      leftOut ? notEqual(leftOut, 0) : null,
    ),
});

const contrastOfRow = /* @__PURE__ */ viewsFormula((logits, isOwn, isLeftOut) =>
  neg(logSoftmaxAt(isLeftOut ? where(isLeftOut, lowest(), logits) : logits, isOwn)),
);
