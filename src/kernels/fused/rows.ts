import type { Tensor } from '@tensorflow/tfjs-core';
import type { RowLosses } from '../../call/kernelSlots.js';
import { areKernelsOn } from '../backends/index.js';
import { sizesFor } from '../trace/trace.js';
import { fusedRows } from './run.js';

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
      table: {
        rows,
        columns,
        isElementwise: false,
        hasChanging: false,
        traceSizes: sizesFor(columns),
        otherSizes: null,
        key: JSON.stringify([options, columns]),
      },
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
