import { memoryFor } from './copied.js';
import * as w from './encode.js';
import { exported } from './exported.js';
import { isAvailable } from './instance.js';
import { less, plus } from './steps.js';

/*
 * Sums along the common axis of two matrices, such as the squares of their differences, in tiles of four rows and eight columns. Before, the left
 * matrix is put in panels of four rows and the right one in panels of eight columns, so that all is read in the order in
 * which it lies. Sums over more than 64 numbers are sums of sums, which lose fewer digits.
 */

const ROWS = 4;
const COLUMNS = 8;
/** Numbers along the common axis that one sum is made of. */
const BLOCK = 64;

/** What is summed of entries l of the left matrix, r of the right one, and c of one in the shape of the result. */
interface Term {
  readonly usesOwn: boolean;
  /** In four lanes. */
  readonly code: (l: w.Code, r: w.Code, c: w.Code, spare: number) => w.Code;
}

const terms = {
  squaredDistance: {
    usesOwn: false,
    code: (l, r, _, spare) => [l, r, w.float.sub, w.tee(spare), w.get(spare), w.float.mul],
  },
  weighedDifference: { usesOwn: true, code: (l, r, c) => [l, c, r, w.float.sub, w.float.mul] },
} satisfies Readonly<Record<string, Term>>;

export type TermName = keyof typeof terms;

/** So much of the right matrix and of the product is in the memory at a time. */
const CHUNK_BYTES = 2 ** 22;

/**
 * Addresses of the panels and of the result, by how much that of the matrix in its shape is larger, numbers along the common
 * axis, numbers of panels, bytes of a row of the result.
 */
type Combine = (
  left: number,
  right: number,
  result: number,
  toOwn: number,
  inner: number,
  rowPanels: number,
  columnPanels: number,
  bytes: number,
) => void;

function combination({ usesOwn, code }: Term): w.WasmFunction {
  const [left, right, result, toOwn, inner, rowPanels, columnPanels, bytes] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
  const locals: w.ValueType[] = [];
  const local = (type: w.ValueType = w.type.i32): number => 7 + locals.push(type);
  const [row, a, b, to, rest, count] = Array.from({ length: 6 }, () => local()) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const tile = (): number[] => Array.from({ length: (ROWS * COLUMNS) / 4 }, () => local(w.type.v128));
  const [totals, sums] = [tile(), tile()];
  const own = usesOwn ? tile() : [];
  const spare = local(w.type.v128);
  const columns = Array.from({ length: COLUMNS / 4 }, () => local(w.type.v128));
  const zero = (all: readonly number[]): w.Code => all.map((one) => [w.floats(0), w.set(one)]);
  const step: w.Code = [
    columns.map((one, i) => [w.get(b), w.load(16 * i), w.set(one)]),
    sums.map((sum, i) => {
      const [r, half] = [Math.floor(i / columns.length), i % columns.length];
      const ofRow = [w.get(a), w.loadEverywhereFrom(4 * r)];
      const term = code(ofRow, w.get(columns[half] as number), usesOwn ? w.get(own[i] as number) : [], spare);
      return [w.get(sum), term, w.float.add, w.set(sum)];
    }),
  ];
  const block: w.Code = [
    zero(sums),
    [w.get(rest), w.set(count)],
    w.ifTrue([w.i32(BLOCK), w.get(rest), w.isLessU], [w.i32(BLOCK), w.set(count)]),
    less(rest, w.get(count)),
    w.whileTrue(w.get(count), [step, plus(a, w.i32(4 * ROWS)), plus(b, w.i32(4 * COLUMNS)), less(count, w.i32(1))]),
    totals.map((total, i) => [w.get(total), w.get(sums[i] as number), w.float.add, w.set(total)]),
  ];
  const stored = Array.from({ length: ROWS }, (_, r) => [
    columns.map((_, half) => [w.get(to), w.get(totals[r * columns.length + half] as number), w.store(16 * half)]),
    plus(to, w.get(bytes)),
  ]);
  const readOwn = Array.from({ length: usesOwn ? ROWS : 0 }, (_, r) => [
    columns.map((_, half) => [
      [w.get(to), w.get(toOwn), w.addI32, w.load(16 * half)],
      w.set(own[r * columns.length + half] as number),
    ]),
    plus(to, w.get(bytes)),
  ]);
  const back: w.Code = usesOwn ? Array.from({ length: ROWS }, () => less(to, w.get(bytes))) : [];
  const tiles: w.Code = [
    [w.get(left), w.set(a), w.get(result), w.set(to), w.get(rowPanels), w.set(row)],
    w.whileTrue(w.get(row), [
      [readOwn, back],
      zero(totals),
      [w.get(right), w.set(b), w.get(inner), w.set(rest)],
      w.whileTrue(w.get(rest), block),
      stored,
      less(row, w.i32(1)),
    ]),
    [w.get(b), w.set(right)],
    plus(result, w.i32(4 * COLUMNS)),
    less(columnPanels, w.i32(1)),
  ];
  return {
    params: Array.from({ length: 8 }, () => w.type.i32),
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

const combinations = new Map<TermName, Combine | null>();

function combinationOn(memory: WebAssembly.Memory, name: TermName): Combine | null {
  const known = combinations.get(name);
  if (known !== undefined) return known;
  const made = exported(memory, combination(terms[name])) as Combine | null;
  combinations.set(name, made);
  return made;
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

/**
 * The sums of a term along the columns of a and of b: an entry for each row of a and each row of b, row by row; `own` has
 * that shape. Null where WebAssembly is not to be had. Of distances within one matrix, each pair's is computed once.
 */
export function sumsAlong(name: TermName, a: Matrix, b: Matrix, own: ArrayLike<number> | null): Float32Array | null {
  const [rows, inner, columns] = [a.rows, a.columns, b.rows];
  const isSymmetric = a === b && name === 'squaredDistance';
  const height = upTo(ROWS, rows);
  const copies = own ? 2 : 1;
  const perColumn = 4 * (inner + copies * height);
  const most = COLUMNS * Math.max(1, Math.floor(CHUNK_BYTES / perColumn / COLUMNS));
  const width = Math.min(upTo(COLUMNS, columns), most);
  const [left, right, result] = [0, 4 * height * inner, 4 * (height + width) * inner];
  const toOwn = own ? 4 * height * width : 0;
  const memory = isAvailable() ? memoryFor(result + 4 * copies * height * width) : null;
  const combine = memory && combinationOn(memory, name);
  if (!memory || !combine) return null;
  const found = new Float32Array(rows * columns);
  pack(new Float32Array(memory.buffer, left, height * inner), ROWS, inner, 0, a);
  for (let from = 0; from < columns; from += width) {
    const used = Math.min(width, columns - from);
    const panels = Math.ceil(used / COLUMNS);
    pack(new Float32Array(memory.buffer, right, panels * COLUMNS * inner), COLUMNS, inner, from, b);
    const rowOf = (row: number, offset = 0): Float32Array =>
      new Float32Array(memory.buffer, result + offset + 4 * row * width, used);
    if (own) {
      for (let row = 0; row < rows; row++) {
        const start = row * columns + from;
        const to = rowOf(row, toOwn);
        for (let i = 0; i < used; i++) to[i] = own[start + i] as number;
      }
    }
    if (isSymmetric) {
      for (let panel = 0; panel < panels; panel++) {
        const rowPanels = Math.min(height, from + (panel + 1) * COLUMNS) / ROWS;
        const [ofPanel, to] = [right + 4 * panel * COLUMNS * inner, result + 4 * panel * COLUMNS];
        combine(left, ofPanel, to, toOwn, inner, rowPanels, 1, 4 * width);
      }
    } else combine(left, right, result, toOwn, inner, height / ROWS, panels, 4 * width);
    for (let row = 0; row < rows; row++) found.set(rowOf(row), row * columns + from);
  }
  if (isSymmetric) mirror(found, rows);
  return found;
}

/** Fills what lies below the panels on the diagonal with what lies above. */
function mirror(table: Float32Array, size: number): void {
  for (let first = COLUMNS; first < size; first += COLUMNS) {
    const end = Math.min(first + COLUMNS, size);
    for (let column = 0; column < first; column++) {
      for (let row = first; row < end; row++) table[row * size + column] = table[column * size + row] as number;
    }
  }
}
