import { util } from '@tensorflow/tfjs-core';
import type { NumberArray, Numbers } from './hostKernel.js';

/** Entries as groups of rows of classes; the rows of each group are summed. */
export interface ClassTable {
  readonly groups: number;
  readonly summed: number;
  readonly columns: number;
  /** Of the sums. */
  readonly shape: readonly number[];
}

export const tableOf = ({ shape }: Numbers, first: number): ClassTable => ({
  groups: util.sizeFromShape(shape.slice(0, first)),
  summed: util.sizeFromShape(shape.slice(first, -1)),
  columns: shape.at(-1) as number,
  shape: [...shape.slice(0, first), ...shape.slice(-1)],
});

/** Whether entries count, and how far apart that is told of two rows and of two columns. */
export interface Flags {
  readonly flags: NumberArray | null;
  readonly perRow: number;
  readonly perColumn: number;
}

export function flagsOf(counted: Numbers | null, rows: number): Flags {
  if (!counted) return { flags: null, perRow: 0, perColumn: 0 };
  const { shape, values: flags } = counted;
  const own = shape.at(-1) as number;
  return { flags, perRow: flags.length === rows * own ? own : 0, perColumn: own === 1 ? 0 : 1 };
}
