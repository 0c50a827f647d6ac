import { type Matrix, sumsAlong } from '../backends/wasm/tiles.js';
import type { Made, NumberArray, Numbers } from './hostKernel.js';

/** A share of the weights below which those of a row or a column that are not 0 are worth taking out. */
const FEW = 0.75;

/** Two numbers of this size have a difference in float32. */
const MOST = 2 ** 126;

/**
 * Σ_j w_ij·(a_i − b_j) of the rows of a and b. Rows and columns of weights that are all 0, as those of examples that a mask
 * removes, are left out where all differences are finite.
 */
export function weighedDifferences(weights: Numbers, a: Numbers, b: Numbers): Made {
  const [rows = 0, size = 0] = a.shape;
  const columns = b.shape[0] ?? 0;
  const used = usedOf(weights.values, rows, columns);
  const isFew = used.rows.length * used.columns.length < FEW * rows * columns;
  if (!isFew || !areApartByFinite(a.values) || !areApartByFinite(b.values))
    return { shape: [rows, size], values: pull(weights, a, b) };
  const values = new Float32Array(rows * size);
  if (used.rows.length > 0) {
    const all = Array.from({ length: size }, (_, k) => k);
    const some = pull(
      entriesOf(weights.values, columns, used.rows, used.columns),
      entriesOf(a.values, size, used.rows, all),
      entriesOf(b.values, size, used.columns, all),
    );
    used.rows.forEach((row, i) => values.set(some.subarray(i * size, (i + 1) * size), row * size));
  }
  return { shape: [rows, size], values };
}

interface Rows {
  readonly shape: readonly number[];
  readonly values: NumberArray;
}

const pull = (weights: Rows, a: Rows, b: Rows): Float32Array =>
  found(sumsAlong('weighedDifference', matrixOf(weights), matrixOf(b, true), a.values));

/** What WebAssembly has found. */
export function found(values: Float32Array | null): Float32Array {
  if (!values) throw new Error('no memory is left for a table of pairs');
  return values;
}

export function matrixOf({ shape: [first = 0, last = 0], values }: Rows, isTransposed = false): Matrix {
  return isTransposed
    ? { values, rows: last, columns: first, betweenRows: 1, betweenColumns: last }
    : { values, rows: first, columns: last, betweenRows: last, betweenColumns: 1 };
}

/** The rows and the columns in which any number is not 0. */
function usedOf(values: NumberArray, rows: number, columns: number): { rows: number[]; columns: number[] } {
  const [isRowUsed, isColumnUsed] = [new Uint8Array(rows), new Uint8Array(columns)];
  for (let row = 0, at = 0; row < rows; row++) {
    let isUsed = 0;
    for (let column = 0; column < columns; column++, at++) {
      const isOther = values[at] === 0 ? 0 : 1;
      isUsed |= isOther;
      isColumnUsed[column] = (isColumnUsed[column] as number) | isOther;
    }
    isRowUsed[row] = isUsed;
  }
  const placesIn = (flags: Uint8Array): number[] => Array.from(flags.keys()).filter((i) => flags[i] !== 0);
  return { rows: placesIn(isRowUsed), columns: placesIn(isColumnUsed) };
}

/** Whether the difference of any two numbers is finite. */
function areApartByFinite(values: NumberArray): boolean {
  for (const value of values) {
    if (!(Math.abs(value) <= MOST)) return false;
  }
  return true;
}

/** The numbers in some rows and columns of a matrix. */
function entriesOf(values: NumberArray, width: number, rows: readonly number[], columns: readonly number[]): Rows {
  const entries = new Float32Array(rows.length * columns.length);
  let to = 0;
  for (const row of rows) {
    for (const column of columns) entries[to++] = values[row * width + column] as number;
  }
  return { shape: [rows.length, columns.length], values: entries };
}
