import type { Tables } from '../../tfjs/transposed.js';
import * as w from './encode.js';
import { exported } from './exported.js';
import { copy, less, localsAfter, plus } from './steps.js';

/* Matrices of numbers of 4 bytes in a memory whose rows become columns, a square of four rows and columns at a time. */

/**
 * The transposed of so many squares one below the other, and side by side: addresses, and bytes between the rows of each
 * matrix.
 */
export type Transpose = (
  from: number,
  to: number,
  squaresDown: number,
  squaresAcross: number,
  rowOfFrom: number,
  rowOfTo: number,
) => void;

const SIDE = 4;

/** Four numbers of two vectors, by their places among the eight. */
const mixed = (one: number, other: number, ...places: [number, number, number, number]): w.Code => [
  w.get(one),
  w.get(other),
  w.shuffled(...places),
];

/** The first so many numbers at an address. */
function first(address: w.Code, count: number): w.Code {
  if (count === SIDE) return [address, w.load()];
  const some = [address, w.loadFirst(count === 1 ? 1 : 2)];
  return count < 3 ? some : [address, some, w.loadLane(2, 8)];
}

/** Sets the first so many numbers at an address. */
const setFirst = (address: w.Code, vector: number, count: number): w.Code =>
  count === SIDE
    ? [address, w.get(vector), w.store()]
    : Array.from({ length: count }, (_, lane) => [address, w.get(vector), w.storeLane(lane, 4 * lane)]);

/** Of squares that have but so many rows and columns. */
function transposition(height: number, width: number): w.WasmFunction {
  const [from, to, down, across, rowOfFrom, rowOfTo] = [0, 1, 2, 3, 4, 5] as const;
  const { locals, some } = localsAfter(6);
  const rows = some(SIDE, w.type.v128) as [number, number, number, number];
  const pairs = some(SIDE, w.type.v128) as [number, number, number, number];
  const [left, place, firstOfFrom, firstOfTo] = some(4) as [number, number, number, number];
  const square: w.Code = [
    copy(from, place),
    rows.slice(0, height).map((row) => [[first(w.get(place), width), w.set(row)], plus(place, w.get(rowOfFrom))]),
    // Rows 0 and 2, and rows 1 and 3, go between each other; then those do.
    [0, 1].map((i) => [
      [mixed(rows[i] as number, rows[i + 2] as number, 0, 4, 1, 5), w.set(pairs[i] as number)],
      [mixed(rows[i] as number, rows[i + 2] as number, 2, 6, 3, 7), w.set(pairs[i + 2] as number)],
    ]),
    [0, 2].map((i) => [
      [mixed(pairs[i] as number, pairs[i + 1] as number, 0, 4, 1, 5), w.set(rows[i] as number)],
      [mixed(pairs[i] as number, pairs[i + 1] as number, 2, 6, 3, 7), w.set(rows[i + 1] as number)],
    ]),
    copy(to, place),
    rows.slice(0, width).map((row) => [setFirst(w.get(place), row, height), plus(place, w.get(rowOfTo))]),
    plus(from, w.i32(4 * width)),
    [w.get(place), w.set(to)],
    less(left, w.i32(1)),
  ];
  return {
    params: Array.from({ length: 6 }, () => w.type.i32),
    results: [],
    locals,
    body: w.whileTrue(w.get(down), [
      copy(from, firstOfFrom),
      copy(to, firstOfTo),
      copy(across, left),
      w.whileTrue(w.get(left), square),
      [w.get(firstOfFrom), w.set(from)],
      Array.from({ length: height }, () => plus(from, w.get(rowOfFrom))),
      [w.get(firstOfTo), w.i32(4 * height), w.addI32, w.set(to)],
      less(down, w.i32(1)),
    ]),
  };
}

const onMemory = new WeakMap<WebAssembly.Memory, Map<string, Transpose | null>>();

/** The function for such squares on a memory; null where WebAssembly is not to be had. */
export function transposeOn(memory: WebAssembly.Memory, height: number = SIDE, width: number = SIDE): Transpose | null {
  const known = onMemory.get(memory) ?? new Map<string, Transpose | null>();
  onMemory.set(memory, known);
  const key = `${height} ${width}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = exported(memory, transposition(height, width)) as Transpose | null;
  known.set(key, made);
  return made;
}

/** Of wide matrices, so many columns at a time: the rows that they become stay in the cache. */
const WIDTH = 32;

/** Squares below and beside each other: where the first one is, and where it goes. */
interface Part {
  readonly from: number;
  readonly to: number;
  readonly down: number;
  readonly across: number;
  readonly run: Transpose;
}

/** A matrix as whole squares, those at the right, those at the bottom, and the last one; null where it cannot be transposed. */
function partsOf(memory: WebAssembly.Memory, { rows, columns }: Tables): Part[] | null {
  const [height, width] = [rows % SIDE, columns % SIDE];
  const [high, wide] = [rows - height, columns - width];
  const step = high > WIDTH ? WIDTH : wide;
  const parts: (Part | null)[] = [];
  const add = (row: number, column: number, down: number, across: number, run: Transpose | null): void => {
    parts.push(run && { from: 4 * (row * columns + column), to: 4 * (column * rows + row), down, across, run });
  };
  for (let column = 0; column < wide && high > 0; column += step)
    add(0, column, high / SIDE, Math.min(step, wide - column) / SIDE, transposeOn(memory));
  if (width > 0 && high > 0) add(0, wide, high / SIDE, 1, transposeOn(memory, SIDE, width));
  if (height > 0 && wide > 0) add(high, 0, 1, wide / SIDE, transposeOn(memory, height, SIDE));
  if (height > 0 && width > 0) add(high, wide, 1, 1, transposeOn(memory, height, width));
  return parts.every((part) => part !== null) ? parts : null;
}

/** Whether matrices can be transposed on a memory. */
export const canTranspose = (memory: WebAssembly.Memory, tables: Tables): boolean => partsOf(memory, tables) !== null;

/** Transposes each of some matrices from one address to another; false: it cannot. */
export function transposeAll(memory: WebAssembly.Memory, from: number, to: number, tables: Tables): boolean {
  const { rows, columns } = tables;
  const parts = partsOf(memory, tables);
  if (!parts) return false;
  for (let table = 0; table < tables.tables; table++) {
    const first = 4 * table * rows * columns;
    for (const { run, down, across, ...part } of parts)
      run(from + first + part.from, to + first + part.to, down, across, 4 * columns, 4 * rows);
  }
  return true;
}
