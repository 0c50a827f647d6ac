import type { Node } from './graph.js';
import type { InputKind } from './program.js';

/** What a kernel computes of rows of classes: sums over the rows, and a number for each place. */
export interface SumsProgram {
  readonly inputs: readonly InputKind[];
  /** How many of them, the last ones, are what comes after each sum. */
  readonly upstream: number;
  readonly sums: readonly SumOfRows[];
  readonly places: readonly Node[];
}

/** A sum over the rows. */
export interface SumOfRows {
  readonly node: Node;
  /** One sum for each class; else one for all of them, which stands at the first one. */
  readonly isOfClasses: boolean;
}

/** A program on groups of rows of classes; the rows of each group are summed. */
export interface SumsTask {
  readonly program: SumsProgram;
  readonly groups: number;
  /** Of each group. */
  readonly rows: number;
  readonly classes: number;
  /** What lies class by class; null: all numbers lie row by row. */
  readonly planes: Planes | null;
}

/** Tables of rows and classes that lie class by class: all rows of the first class come first. */
export interface Planes {
  /** Of each table. */
  readonly rows: number;
  /** Which inputs lie so. */
  readonly inputs: readonly boolean[];
  /** Whether places are to lie so. */
  readonly places: boolean;
}
