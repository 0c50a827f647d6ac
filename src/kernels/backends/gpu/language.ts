import type { InputKind } from '../../program/program.js';

export type Type = 'float' | 'int' | 'bool';

/** Where a shader is: the text of a row, and of a column. */
export interface Place {
  readonly row: string;
  readonly column: string;
}

/** What differs between the languages of shaders. All arguments and results are text. Both have `isnan`, `floor` and `abs`. */
export interface Language {
  readonly declare: (type: Type, name: string, value: string) => string;
  /** A function of floats that gives a float. */
  readonly define: (name: string, args: readonly string[], lines: readonly string[], result: string) => string;
  readonly number: (value: number) => string;
  readonly toFloat: (x: string) => string;
  readonly toInt: (x: string) => string;
  /** The bits of a float as an int, and the float of such bits. */
  readonly bitsOf: (x: string) => string;
  readonly ofBits: (bits: string) => string;
  readonly select: (condition: string, a: string, b: string) => string;
  /** Of two truths; without a branch, of which compilers make so many ways through a shader that they do not end. */
  readonly and: (a: string, b: string) => string;
  readonly or: (a: string, b: string) => string;
  /** A number that the caller hands over, the same for all threads. */
  readonly uniform: (name: string) => string;
  readonly read: (name: string, kind: InputKind, place: Place) => string;
  /** An entry of a table of so many columns, of which each place may read any. */
  readonly readCell: (name: string, place: Place, columns: number) => string;
  /** What an earlier shader has left: the how-manieth number of which item. */
  readonly readNumber: (which: number | string, item: string) => string;
}

/** How many threads go along a row together. */
export interface Team {
  readonly size: number;
  /** Which of them a thread is. */
  readonly lane: string;
  /** What all of them have found together, of what each has. */
  readonly together: (op: 'sum' | 'largest', x: string) => string;
}

/** A thread that goes along a row by itself. */
export const alone: Team = { size: 1, lane: '0', together: (_, x) => x };

/**
 * How an input comes: a number that the processor knows, in one tensor, or, where tensors keep few digits, integers in
 * two.
 */
export type Form = 'known' | 'whole' | 'split';

export const nameOf = (input: number): string => `given${input}`;

export const highNameOf = (input: number): string => `high${input}`;

/** Integers are split at so many: then both parts have few digits. */
export const SPLIT = 2048;

/** A literal of either language. */
export function decimal(value: number): string {
  const text = Math.fround(value).toExponential();
  return value < 0 ? `(${text})` : text;
}
