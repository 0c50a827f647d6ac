import { memoryFor } from './copied.js';
import { isAvailable } from './instance.js';
import { type Products, productsOn, TILE } from './products.js';

/* Matrices that are copied into a memory and multiplied there, a block at a time. */

/** A matrix in the memory: its first byte, and how many numbers its rows lie apart. */
export interface Place {
  readonly at: number;
  readonly between: number;
}

/** A block of a matrix outside: where its first number is, and how many numbers its rows lie apart. */
export interface Block<Values extends ArrayLike<number> = Float32Array | Int32Array | Uint8Array> {
  readonly values: Values;
  readonly from: number;
  readonly between: number;
  readonly rows: number;
  readonly columns: number;
}

export const upTo = (multiple: number, x: number): number => multiple * Math.ceil(x / multiple);

/** Rows a power of 2 apart would take each other's place in the cache: so many numbers keep them from it. */
const APART = 16;

/** A matrix of so many numbers is in the cache as a whole. */
const CACHED = 2 ** 13;

/** What lies where in a memory. */
export class Layout {
  bytes = 0;

  /** The first byte of so many numbers. */
  numbers(count: number): number {
    const address = this.bytes;
    // To multiples of 16 bytes, which are read at once.
    this.bytes += 4 * upTo(4, count);
    return address;
  }

  /** A matrix with room for whole tiles. */
  matrix(rows: number, columns: number): Place {
    const between = upTo(TILE.columns, columns);
    return { at: this.numbers(upTo(TILE.columns, rows) * between), between };
  }

  /** A matrix that is read column by column. */
  readByColumns(rows: number, columns: number): Place {
    return this.matrix(rows, columns + (rows * columns > CACHED ? APART : 0));
  }
}

/** Shorter rows are copied number by number. */
const SHORT = 48;

/** Copies rows; `at` is the place of a number here. */
function copyRows(
  values: Block['values'],
  from: Place,
  copies: Float32Array,
  to: Place,
  rows: number,
  columns: number,
): void {
  if (columns === from.between && columns === to.between) {
    copies.set(values.subarray(from.at, from.at + rows * columns), to.at);
    return;
  }
  for (let row = 0; row < rows; row++) {
    const [start, end] = [from.at + row * from.between, to.at + row * to.between];
    if (columns >= SHORT) copies.set(values.subarray(start, start + columns), end);
    else for (let i = 0; i < columns; i++) copies[end + i] = values[start + i] as number;
  }
}

export class Matrices {
  private readonly floats: Float32Array;

  private constructor(
    private readonly buffer: ArrayBufferLike,
    private readonly products: Products,
  ) {
    this.floats = new Float32Array(buffer);
  }

  /** In a memory of so many bytes; null where that is not to be had. */
  static of(bytes: number): Matrices | null {
    const memory = isAvailable() ? memoryFor(bytes) : null;
    const products = memory && productsOn(memory);
    return memory && products && new Matrices(memory.buffer, products);
  }

  read({ values, from, between, rows, columns }: Block, place: Place): void {
    copyRows(values, { at: from, between }, this.floats, { at: place.at / 4, between: place.between }, rows, columns);
  }

  write(place: Place, { values, from, between, rows, columns }: Block<Float32Array>): void {
    copyRows(this.floats, { at: place.at / 4, between: place.between }, values, { at: from, between }, rows, columns);
  }

  /** Whole numbers, with their bits. */
  readIntegers(values: ArrayLike<number>, at: number): void {
    new Int32Array(this.buffer, at, values.length).set(values);
  }

  /** Sets the first column of so many rows to a number. */
  fillColumn({ at, between }: Place, rows: number, value: number): void {
    for (let row = 0; row < rows; row++) this.floats[at / 4 + row * between] = value;
  }

  clear({ at, between }: Place, rows: number): void {
    this.floats.fill(0, at / 4, at / 4 + upTo(TILE.rows, rows) * between);
  }

  /** A block of one matrix to another, of so many rows and columns. */
  move(from: Place, to: Place, rows: number, columns: number): void {
    for (let row = 0; row < rows; row++) {
      const start = from.at / 4 + row * from.between;
      this.floats.copyWithin(to.at / 4 + row * to.between, start, start + columns);
    }
  }

  transpose(from: Place, to: Place, rows: number, columns: number): void {
    const squares = [Math.ceil(rows / 4), Math.ceil(columns / 4)] as const;
    this.products.transpose(from.at, to.at, ...squares, 4 * from.between, 4 * to.between);
  }

  /** Adds a·b, or that of a transposed, to a result of so many rows and columns. */
  multiply(
    a: Place & { readonly isTransposed?: boolean },
    b: Place,
    result: Place,
    { rows, inner, columns }: Readonly<Record<'rows' | 'inner' | 'columns', number>>,
  ): void {
    const { multiply, multiplyTransposed } = this.products;
    const tiles = [Math.ceil(rows / TILE.rows), Math.ceil(columns / TILE.columns)] as const;
    const bytes = [4 * a.between, 4 * b.between, 4 * result.between] as const;
    (a.isTransposed ? multiplyTransposed : multiply)(a.at, b.at, result.at, inner, ...tiles, ...bytes);
  }
}
