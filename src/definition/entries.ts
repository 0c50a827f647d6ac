import { util } from '../tfjs/ops.js';
import { fail, show } from './fail.js';
import { isRow, isTensor, type Row } from './tensorInput.js';

/** Numbers in the order in which they lie in memory. */
export interface Entries {
  readonly shape: number[];
  readonly values: Float32Array;
  /** All entries were true or false. */
  readonly areBooleans: boolean;
  /** A whole number among them of which float32 keeps not all digits; null: there is none. */
  readonly rounded: number | null;
}

/** More axes than any backend takes; an array that holds itself has more. */
const MOST_AXES = 16;

/** From here on float32 has only infinity. */
const BEYOND_FLOAT32 = 2 ** 128 - 2 ** 103;

/** The sizes of an argument; those of an array by its first rows. */
export const shapeOf = (value: unknown): readonly number[] => (isTensor(value) ? value.shape : sizesOf(value));

/** Sizes of nested arrays by their first rows, up to one axis more than is taken. */
export function sizesOf(value: unknown): number[] {
  const sizes: number[] = [];
  for (let row = value; isRow(row) && sizes.length <= MOST_AXES; row = row[0]) sizes.push(row.length);
  return sizes;
}

/**
 * The entries of nested arrays, or of a single number. tfjs takes the shape from the first rows, and looks neither at
 * the others nor at what is in them.
 *
 * @throws with the position of the first entry that is no number, or row that has another length.
 */
export function entriesOf(who: string, name: string, value: unknown): Entries {
  const shape = sizesOf(value);
  const path: number[] = [];
  const refuse: (depth: number, found: string) => never = (depth, found) =>
    fail(
      who,
      `${name}${depth > 0 ? `[${path.slice(0, depth).join()}]` : ''} ${found}; ` +
        'expected a tensor, a number, or arrays of numbers that are equally long',
    );
  if (shape.length > MOST_AXES) refuse(0, `has more than ${MOST_AXES} axes, or holds itself`);
  const values = new Float32Array(util.sizeFromShape(shape));
  let [count, booleans] = [0, 0];
  let rounded: number | null = null;
  const put = (entry: unknown, depth: number): void => {
    if (typeof entry === 'number') {
      if (!(Math.abs(entry) < BEYOND_FLOAT32) && Number.isFinite(entry)) refuse(depth, `is ${entry}, beyond float32`);
    } else if (typeof entry === 'boolean') booleans++;
    else refuse(depth, `is ${show(entry)}`);
    const kept = (values[count] = Number(entry));
    if (values[count++] !== kept && Number.isInteger(kept)) rounded = kept;
  };
  const putRow = (row: unknown, depth: number): void => {
    if (!isRow(row)) refuse(depth, `is ${show(row)}`);
    if (row.length !== shape[depth]) refuse(depth, `has length ${row.length}, not ${shape[depth]}`);
    if (row.length === 0 && isDetached(row)) refuse(depth, 'is a transferred typed array');
    const isLast = depth + 1 === shape.length;
    for (let i = 0; i < row.length; i++) {
      path[depth] = i;
      const entry = row[i];
      if (entry === undefined && !(i in row)) refuse(depth + 1, 'is a hole');
      if (isLast) put(entry, depth + 1);
      else putRow(entry, depth + 1);
    }
  };
  if (shape.length === 0) put(value, 0);
  else putRow(value, 0);
  return { shape, values, areBooleans: booleans > 0 && booleans === count, rounded };
}

/** Whether the memory of an empty typed array has gone to another thread. */
function isDetached(row: Row): boolean {
  try {
    return ArrayBuffer.isView(row) && new Uint8Array(row.buffer).length < 0;
  } catch {
    return true;
  }
}

/** Names the first bad entry, if there is one, with its position. */
export function complainOfFirst(
  who: string,
  name: string,
  { shape, values }: { readonly shape: readonly number[]; readonly values: ArrayLike<number> },
  isBad: (value: number, i: number) => boolean,
  expected: (value: number) => string,
): void {
  // Not by `findIndex`, which takes several times as long.
  let bad = 0;
  while (bad < values.length && !isBad(values[bad] as number, bad)) bad++;
  if (bad === values.length) return;
  const place = shape.length === 0 ? '' : show(util.indexToLoc(bad, shape.length, util.computeStrides([...shape])));
  fail(who, `${name}${place} is ${values[bad]}; expected ${expected(values[bad] as number)}`);
}
