import * as w from './encode.js';
import { exported } from './exported.js';
import { copy, less, localsAfter, plus } from './steps.js';
import { type Transpose, transposeOn } from './transposition.js';

/*
 * Products of matrices in a memory, row by row, whose rows may lie further apart than they are long. A tile of four rows and
 * eight columns is added up in the registers of the processor and then to what stands in the result. Sums over more than
 * 64 numbers are sums of sums, which lose fewer digits.
 */

/**
 * Rows, and columns, of the result come in multiples of these; so there has to be room behind matrices. V8 keeps eight sums
 * in registers: with more, or where the loop is unrolled, a product takes half as long again.
 */
export const TILE = { rows: 2, columns: 16 } as const;

/** Numbers along the common axis that one sum is made of. */
const BLOCK = 64;

/**
 * Adds a·b to a result of so many tiles one below the other, and side by side. Addresses, and bytes between the rows of each
 * matrix; `inner` is the length of the common axis.
 */
type Multiply = (
  a: number,
  b: number,
  result: number,
  inner: number,
  tilesDown: number,
  tilesAcross: number,
  rowOfA: number,
  rowOfB: number,
  rowOfResult: number,
) => void;

export interface Products {
  readonly multiply: Multiply;
  /** The same, of a transposed. */
  readonly multiplyTransposed: Multiply;
  readonly transpose: Transpose;
}

function multiplication(isTransposed: boolean): w.WasmFunction {
  const [a, b, result, inner, down, across, rowOfA, rowOfB, rowOfResult] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
  const { locals, some } = localsAfter(9);
  const vectors = TILE.columns / 4;
  const sums = some(TILE.rows * vectors, w.type.v128);
  const columns = some(vectors, w.type.v128);
  const [left] = some(1, w.type.v128) as [number];
  // Of a as it is, each row has an address of its own; transposed, the rows of the tile lie side by side.
  const rows = some(isTransposed ? 1 : TILE.rows);
  const [column, tiles, rest, turns, to] = some(5) as [number, number, number, number, number];
  const [firstOfA, firstOfResult] = some(2) as [number, number];

  const step: w.Code = [
    columns.map((vector, i) => [w.get(column), w.load(16 * i), w.set(vector)]),
    plus(column, w.get(rowOfB)),
    Array.from({ length: TILE.rows }, (_, r) => [
      isTransposed
        ? [w.get(rows[0] as number), w.loadEverywhereFrom(4 * r)]
        : [w.get(rows[r] as number), w.loadEverywhere],
      w.set(left),
      columns.map((vector, i) => {
        const sum = sums[r * vectors + i] as number;
        return [w.get(sum), w.get(left), w.get(vector), w.float.mul, w.float.add, w.set(sum)];
      }),
    ]),
    rows.map((row) => plus(row, isTransposed ? w.get(rowOfA) : w.i32(4))),
    less(turns, w.i32(1)),
  ];
  const block: w.Code = [
    sums.map((sum) => [w.floats(0), w.set(sum)]),
    copy(rest, turns),
    w.ifTrue([w.i32(BLOCK), w.get(rest), w.isLessU], [w.i32(BLOCK), w.set(turns)]),
    less(rest, w.get(turns)),
    w.whileTrue(w.get(turns), step),
    copy(result, to),
    Array.from({ length: TILE.rows }, (_, r) => [
      columns.map((_, i) => [
        w.get(to),
        [w.get(to), w.load(16 * i), w.get(sums[r * vectors + i] as number), w.float.add],
        w.store(16 * i),
      ]),
      plus(to, w.get(rowOfResult)),
    ]),
  ];
  const tile: w.Code = [
    rows.map((row, r) => [r === 0 ? w.get(a) : [w.get(rows[r - 1] as number), w.get(rowOfA), w.addI32], w.set(row)]),
    copy(b, column),
    copy(inner, rest),
    w.whileTrue(w.get(rest), block),
    [w.get(to), w.set(result)],
    isTransposed ? plus(a, w.i32(4 * TILE.rows)) : Array.from({ length: TILE.rows }, () => plus(a, w.get(rowOfA))),
    less(tiles, w.i32(1)),
  ];
  return {
    params: Array.from({ length: 9 }, () => w.type.i32),
    results: [],
    locals,
    body: [
      copy(a, firstOfA),
      w.whileTrue(w.get(across), [
        copy(result, firstOfResult),
        copy(firstOfA, a),
        copy(down, tiles),
        w.whileTrue(w.get(tiles), tile),
        plus(b, w.i32(4 * TILE.columns)),
        [w.get(firstOfResult), w.i32(4 * TILE.columns), w.addI32, w.set(result)],
        less(across, w.i32(1)),
      ]),
    ],
  };
}

const onMemory = new WeakMap<WebAssembly.Memory, Products | null>();

/** The functions on a memory that is not shared; null where WebAssembly is not to be had. */
export function productsOn(memory: WebAssembly.Memory): Products | null {
  const known = onMemory.get(memory);
  if (known !== undefined) return known;
  const multiply = exported(memory, multiplication(false)) as Multiply | null;
  const multiplyTransposed = multiply && (exported(memory, multiplication(true)) as Multiply | null);
  const transpose = multiplyTransposed && transposeOn(memory);
  const products = multiply && multiplyTransposed && transpose && { multiply, multiplyTransposed, transpose };
  onMemory.set(memory, products);
  return products;
}
