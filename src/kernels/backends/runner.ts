import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Program } from '../program/program.js';

/** Name of the kernel that runs programs, in tfjs's registry. */
export const FUSED_LOSS = 'FusedLoss';

/** What a kernel walks along. */
export interface TableSize {
  readonly rows: number;
  readonly columns: number;
  /** Any part of a row can be computed by itself: no sum over it is needed but that of a total. */
  readonly isElementwise: boolean;
  /** The rows fall into so many groups of as many; what is known of columns alone differs from group to group. Null: one group. */
  readonly groups: number | null;
}

/** What a kernel is asked: a program on a table. */
export interface Task extends TableSize {
  readonly program: Program;
}

/** What a kernel runs on a backend. */
export interface Runner<Backend> {
  /** Whether it knows groups of rows. */
  readonly knowsGroups: boolean;
  /** What it takes of the backend, which tfjs may not have in another version. */
  readonly uses: readonly (keyof Backend & string)[];
  /** Whether a program can be run now on a table of that size; if not, the formula runs. */
  readonly canRun: (task: Task, backend: Backend) => boolean;
  /** One tensor for each output of the program, in its order. */
  readonly run: (task: Task, inputs: readonly TensorInfo[], backend: Backend) => TensorInfo[];
  /** The numbers of a tensor where they need not be waited for, else null. Left out where none ever has to. */
  readonly known?: (tensor: TensorInfo, backend: Backend) => ArrayLike<number> | null;
}

/** Shape of an output. */
export const outputShape = ({ program, rows, columns, groups }: Task, i: number): number[] => {
  const extent = program.outputs[i]?.extent;
  if (extent === 'columns') return [groups ?? 1, columns];
  return extent === 'places' ? [rows, columns] : extent === 'rows' ? [rows] : [];
};
