import type { Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../call/kernelSlots.js';
import { constant } from '../../numerics/autodiff.js';
import { cast } from '../../numerics/portable.js';
import { ofShape } from '../../numerics/positions.js';
import { shaped } from '../../numerics/shaped.js';
import { countNonzero } from '../../numerics/quotient.js';
import { mul, notEqual, reshape, scalar } from '../../tfjs/ops.js';

/** Predictions and labels as tables `[B, entries]`, and which entries count, `[B, entries]` or `[B, 1]`; null: all. */
type OfExamples = (predictions: Tensor, labels: Tensor, counts: Tensor | null) => Tensor;

/** The formula of a table of what `compute` gives of each example, `[B]`. */
/* @__NO_SIDE_EFFECTS__ */
export const exampleFormula = (compute: OfExamples): TableFormula<object> => ({
  gives: 'rows',
  compute: ([predictions, labels, counts]) =>
    compute(
      predictions as Tensor,
      labels as Tensor,
      counts ? constant(() => notEqual(cast(counts, 'float32'), 0)) : null,
    ),
});

/** How many entries of each example of a table count: `[B, 1]`, or one number for all. */
export function countOf({ shape }: Tensor, counts: Tensor | null): Tensor {
  const [, entries = 1] = shape;
  if (!counts) return scalar(entries);
  return mul(reshape(countNonzero(counts, [1]), [-1, 1]), entries / (counts.shape[1] as number));
}

/** What a formula gives of each example of tensors `[B, ...]`, by a kernel where there is one: `[B]`. */
export function ofExamples(
  formula: TableFormula<object>,
  predictions: Tensor,
  labels: Tensor,
  valid: Tensor | null,
): Tensor {
  const { shape, size } = labels;
  const [batch = 1] = shape;
  const table = [batch, size / batch];
  const isOfExamples = valid?.size === batch;
  const counts =
    valid && constant(() => shaped(isOfExamples ? valid : ofShape(valid, shape), isOfExamples ? [batch, 1] : table));
  return ofTable(formula, {}, [shaped(predictions, table), shaped(labels, table), ...(counts ? [counts] : [])]);
}
