import { gather, scatterND, type Tensor } from '@tensorflow/tfjs-core';
import { expandDims } from '../tfjs/ops.js';
import { withGradientGiven } from './autodiff.js';
import { opKernels } from './opKernels.js';

/** The rows of a table, or the entries of a vector, at some indices `[N]`. The gradient of `gather` is not on every backend. */
export const rowsOf = (table: Tensor, indices: Tensor): Tensor =>
  opKernels.rows?.(table, indices) ?? gathered(table, indices);

const gathered: (table: Tensor, indices: Tensor) => Tensor = /* @__PURE__ */ withGradientGiven(
  (table, indices) => gather(table, indices),
  (dy, table, indices) => addedUp(dy, indices, table.shape[0]),
);

/** A table of as many rows as said, each the sum of those that have its index. */
const addedUp = (rows: Tensor, indices: Tensor, count: number): Tensor =>
  withGradientGiven(
    (own, at) => scatterND(expandDims(at, -1), own, [count, ...own.shape.slice(1)]),
    (dy, _, at) => rowsOf(dy, at),
  )(rows, indices);
