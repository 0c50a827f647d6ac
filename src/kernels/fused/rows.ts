import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import type { PlacesFormula, RowLosses } from '../../call/kernelSlots.js';
import { areKernelsOn } from '../backends/index.js';
import { sizesFor } from '../trace/trace.js';
import { fused, fusedRows } from './run.js';
import type { Layout } from './table.js';

/**
 * The losses of rows of logits, [N], and with factors the derivative for the logits, [N, C], of their sum, each times
 * its factor. Null where there is no kernel.
 */
export function rowLosses(
  owner: object,
  { options, compute }: RowLosses,
  labels: Tensor,
  logits: Tensor,
  factors: Tensor | null,
): readonly [losses: Tensor, gradient?: Tensor] | null {
  if (!areKernelsOn()) return null;
  const [rows = 0, columns = 0] = logits.shape;
  return fusedRows(
    {
      owner,
      name: 'losses of rows',
      table: layoutOf(rows, columns, options),
      inputs: [
        { byRow: true, byColumn: false, isInteger: true, rank: 1 },
        { byRow: true, byColumn: true, isInteger: false, rank: 2 },
      ],
      extent: 'rows',
      trained: null,
      predictions: 1,
      compute: ([y, x]) => compute(y as Tensor, x as Tensor),
    },
    [labels, logits],
    1,
    factors,
  );
}

/** A function of tensors of one shape, [..., C], that gives a number at each place; null where there is no kernel. */
export function placesOf({ compute, isElementwise }: PlacesFormula, tensors: readonly Tensor[]): Tensor | null {
  const { shape, size } = tensors[0] as Tensor;
  if (!areKernelsOn() || size === 0) return null;
  const columns = isElementwise ? size : (shape.at(-1) ?? 1);
  const rows = size / columns;
  const layout = isElementwise
    ? { ...layoutOf(rows, columns, {}), isElementwise, traceSizes: sizesFor(3), otherSizes: sizesFor(5), key: '' }
    : layoutOf(rows, columns, {});
  const places = fused(
    {
      owner: compute,
      name: 'places',
      table: layout,
      inputs: tensors.map(() => ({ byRow: true, byColumn: true, isInteger: false, rank: 2 })),
      extent: 'places',
      trained: null,
      predictions: tensors.length - 1,
      compute: (given) => compute(...given),
    },
    tensors.map((x) => reshape(x, [rows, columns])),
  );
  return places && reshape(places, shape);
}

const layoutOf = (rows: number, columns: number, options: object): Layout => ({
  rows,
  columns,
  isElementwise: false,
  hasChanging: false,
  traceSizes: sizesFor(columns),
  otherSizes: null,
  key: JSON.stringify([options, columns]),
});
