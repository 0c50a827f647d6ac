import { memoryFor } from './copied.js';
import * as w from './encode.js';
import { isAvailable } from './instance.js';

/*
 * The product of two matrices, in tiles of four rows and eight columns. Before, the left matrix is put in panels of four
 * rows and the right one in panels of eight columns, so that all is read in the order in which it lies. Sums over more than
 * 64 numbers are sums of sums, which lose fewer digits.
 */

const ROWS = 4;
const COLUMNS = 8;
/** Numbers along the common axis that one turn of the loop takes, and that one sum is made of. */
const UNROLLED = 4;
const BLOCK = 64;

/** So much of the right matrix and of the product is in the memory at a time. */
const CHUNK_BYTES = 2 ** 22;

/** Addresses of the panels and of the product, numbers along the common axis, numbers of panels, bytes of a row of the product. */
type Multiply = (
  left: number,
  right: number,
  product: number,
  inner: number,
  rowPanels: number,
  columnPanels: number,
  bytes: number,
) => void;

function multiplication(): w.WasmFunction {
  const [left, right, product, inner, rowPanels, columnPanels, bytes] = [0, 1, 2, 3, 4, 5, 6] as const;
  const locals: w.ValueType[] = [];
  const local = (type: w.ValueType = w.type.i32): number => 6 + locals.push(type);
  const [row, a, b, c, to, rest, count] = Array.from({ length: 7 }, () => local()) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const tile = (): number[] => Array.from({ length: (ROWS * COLUMNS) / 4 }, () => local(w.type.v128));
  const [totals, sums] = [tile(), tile()];
  const columns = Array.from({ length: COLUMNS / 4 }, () => local(w.type.v128));
  const plus = (one: number, amount: w.Code): w.Code => [w.get(one), amount, w.addI32, w.set(one)];
  const less = (one: number, amount: w.Code): w.Code => [w.get(one), amount, w.subI32, w.set(one)];
  const zero = (all: readonly number[]): w.Code => all.map((one) => [w.floats(0), w.set(one)]);
  const step = (k: number): w.Code => [
    columns.map((one, i) => [w.get(b), w.load(4 * (COLUMNS * k + 4 * i)), w.set(one)]),
    sums.map((sum, i) => {
      const [r, half] = [Math.floor(i / columns.length), i % columns.length];
      const factor = [w.get(a), w.loadEverywhereFrom(4 * (ROWS * k + r))];
      return [w.get(sum), factor, w.get(columns[half] as number), w.float.mul, w.float.add, w.set(sum)];
    }),
  ];
  const block: w.Code = [
    zero(sums),
    [w.get(rest), w.set(count)],
    w.ifTrue([w.i32(BLOCK), w.get(rest), w.isLessU], [w.i32(BLOCK), w.set(count)]),
    less(rest, w.get(count)),
    w.whileTrue(w.get(count), [
      Array.from({ length: UNROLLED }, (_, k) => step(k)),
      plus(a, w.i32(4 * ROWS * UNROLLED)),
      plus(b, w.i32(4 * COLUMNS * UNROLLED)),
      less(count, w.i32(UNROLLED)),
    ]),
    totals.map((total, i) => [w.get(total), w.get(sums[i] as number), w.float.add, w.set(total)]),
  ];
  const stored = Array.from({ length: ROWS }, (_, r) => [
    columns.map((_, half) => [w.get(to), w.get(totals[r * columns.length + half] as number), w.store(16 * half)]),
    plus(to, w.get(bytes)),
  ]);
  const tiles: w.Code = [
    [w.get(left), w.set(a), w.get(product), w.set(to), w.get(rowPanels), w.set(row)],
    w.whileTrue(w.get(row), [
      zero(totals),
      [w.get(right), w.set(b), w.get(inner), w.set(rest)],
      w.whileTrue(w.get(rest), block),
      stored,
      less(row, w.i32(1)),
    ]),
    [w.get(b), w.set(right)],
    plus(product, w.i32(4 * COLUMNS)),
    less(columnPanels, w.i32(1)),
  ];
  return {
    params: Array.from({ length: 7 }, () => w.type.i32),
    results: [],
    locals,
    body: w.whileTrue(w.get(columnPanels), tiles),
  };
}

/** A matrix of so many rows and columns, whose numbers lie so far apart. */
export interface Matrix {
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  readonly betweenRows: number;
  readonly betweenColumns: number;
}

let multiply: Multiply | null | undefined;

function multiplyOn(memory: WebAssembly.Memory): Multiply | null {
  try {
    const module = new WebAssembly.Module(w.moduleOf([multiplication()], false));
    const { f } = new WebAssembly.Instance(module, { m: { m: memory } }).exports as { readonly f: Multiply };
    return f;
  } catch {
    return null;
  }
}

/** Puts a matrix in panels of so many of its rows; beyond the matrix are zeros. */
function pack(to: Float32Array, size: number, inner: number, from: number, matrix: Matrix): void {
  const { values, rows, columns, betweenRows, betweenColumns } = matrix;
  to.fill(0);
  for (let place = 0; place < to.length / inner && from + place < rows; place++) {
    const start = Math.floor(place / size) * size * inner + (place % size);
    let at = (from + place) * betweenRows;
    for (let k = 0; k < columns; k++, at += betweenColumns) to[start + k * size] = values[at] as number;
  }
}

const upTo = (multiple: number, x: number): number => multiple * Math.ceil(x / multiple);

/** The product of two matrices, row by row; null where WebAssembly is not to be had. */
export function product(a: Matrix, b: Matrix): Float32Array | null {
  const [rows, inner, columns] = [a.rows, upTo(UNROLLED, a.columns), b.columns];
  const height = upTo(ROWS, rows);
  const perColumn = 4 * (inner + height);
  const width = Math.min(
    upTo(COLUMNS, columns),
    Math.max(COLUMNS, COLUMNS * Math.floor(CHUNK_BYTES / perColumn / COLUMNS)),
  );
  const [left, right, result] = [0, 4 * height * inner, 4 * (height + width) * inner];
  const memory = isAvailable() ? memoryFor(result + 4 * height * width) : null;
  multiply ??= memory && multiplyOn(memory);
  if (!memory || !multiply) return null;
  const found = new Float32Array(rows * columns);
  pack(new Float32Array(memory.buffer, left, height * inner), ROWS, inner, 0, a);
  const turned = {
    ...b,
    rows: b.columns,
    columns: b.rows,
    betweenRows: b.betweenColumns,
    betweenColumns: b.betweenRows,
  };
  for (let from = 0; from < columns; from += width) {
    const panels = Math.ceil(Math.min(width, columns - from) / COLUMNS);
    pack(new Float32Array(memory.buffer, right, panels * COLUMNS * inner), COLUMNS, inner, from, turned);
    multiply(left, right, result, inner, height / ROWS, panels, 4 * width);
    const used = Math.min(width, columns - from);
    for (let row = 0; row < rows; row++) {
      found.set(new Float32Array(memory.buffer, result + 4 * row * width, used), row * columns + from);
    }
  }
  return found;
}
