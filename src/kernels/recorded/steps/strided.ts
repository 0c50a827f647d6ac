import { sizeOf } from './axes.js';

/*
 * Copies between boxes of numbers, of any rank, whose neighbours lie at any distance. Few numbers are copied by a list of
 * places; many by their bits, as integers, which takes a third of the time of numbers that go through double precision.
 */

/** Where the first number of a box lies, and how far neighbours along each axis lie apart. */
export interface Place {
  readonly at: number;
  readonly strides: readonly number[];
}

export type Copy = (from: Float32Array, to: Float32Array) => void;

/** An axis: its size, and how far neighbours lie apart on both sides. */
interface Axis {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Copies rows and columns, the first of which lies at these places. */
type Block = (from: Int32Array, source: number, to: Int32Array, target: number) => void;

/** At most so many numbers have lists of their places. */
const FEW = 128;

/** Fewer columns than this are walked one after the other, if there are more rows. */
const NARROW = 8;

/** From so many numbers on, methods of arrays are faster than loops. */
export const LONG = 48;

/** Rows and columns of a tile, which stays in the processor's nearest cache. */
const TILE = 32;

/** Copies a box of that shape from one place to another. */
export function copier(shape: readonly number[], from: Place, to: Place): Copy {
  const size = sizeOf(shape);
  if (size === 0) return () => undefined;
  const axes = merged(
    shape.map((length, i) => ({ size: length, from: from.strides[i] as number, to: to.strides[i] as number })),
  );
  return size <= FEW ? listed(axes, from.at, to.at) : walked(axes, from.at, to.at);
}

function listed(axes: readonly Axis[], from: number, to: number): Copy {
  const placesOf = (first: number, side: 'from' | 'to'): Int32Array =>
    Int32Array.from(
      axes.reduce<readonly number[]>(
        (places, axis) => places.flatMap((at) => Array.from({ length: axis.size }, (_, i) => at + i * axis[side])),
        [first],
      ),
    );
  const [sources, targets] = [placesOf(from, 'from'), placesOf(to, 'to')];
  return (numbers, copies) => {
    for (let i = 0; i < sources.length; i++) copies[targets[i] as number] = numbers[sources[i] as number] as number;
  };
}

const bitsOf = ({ buffer, byteOffset, length }: Float32Array): Int32Array => new Int32Array(buffer, byteOffset, length);

function walked(axes: Axis[], source: number, target: number): Copy {
  const column = axes.pop() as Axis;
  const row = axes.splice(rowAmong(axes, column), 1)[0] ?? { size: 1, from: 0, to: 0 };
  const block = blockOf(row, column);
  const walk = (level: number, from: Int32Array, at: number, to: Int32Array, place: number): void => {
    if (level === axes.length) {
      block(from, at, to, place);
      return;
    }
    const axis = axes[level] as Axis;
    for (let i = 0; i < axis.size; i++) {
      walk(level + 1, from, at, to, place);
      at += axis.from;
      place += axis.to;
    }
  };
  return (numbers, copies) => walk(0, bitsOf(numbers), source, bitsOf(copies), target);
}

/** Axes without those of size 1, and neighbours that are like one axis made one. */
function merged(axes: readonly Axis[]): Axis[] {
  const result: Axis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const before = result.at(-1);
    if (before?.from === axis.size * axis.from && before.to === axis.size * axis.to) {
      result[result.length - 1] = { ...axis, size: before.size * axis.size };
    } else result.push(axis);
  }
  return result;
}

/** The axis that is walked in tiles with the last: the one along which numbers to read lie closest, or the next to last. */
function rowAmong(axes: readonly Axis[], column: Axis): number {
  let closest = axes.length - 1;
  let distance = Math.abs(column.from);
  axes.forEach((axis, i) => {
    if (axis.from === 0 || Math.abs(axis.from) >= distance) return;
    closest = i;
    distance = Math.abs(axis.from);
  });
  return Math.max(0, closest);
}

function blockOf(row: Axis, column: Axis): Block {
  const [rows, columns] = [row.size, column.size];
  if (columns >= LONG && column.to === 1 && column.from === 1) return runs(row, columns);
  if (columns >= LONG && column.to === 1 && column.from === 0) return repeated(row, columns);
  if (rows >= TILE && columns >= TILE && Math.abs(row.from) < Math.abs(column.from)) return tiles(row, column);
  return columns < NARROW && columns < rows ? entries(column, row) : entries(row, column);
}

const runs =
  (row: Axis, columns: number): Block =>
  (from, source, to, target) => {
    for (let r = 0; r < row.size; r++) {
      to.set(from.subarray(source, source + columns), target);
      source += row.from;
      target += row.to;
    }
  };

const repeated =
  (row: Axis, columns: number): Block =>
  (from, source, to, target) => {
    for (let r = 0; r < row.size; r++) {
      to.fill(from[source] as number, target, target + columns);
      source += row.from;
      target += row.to;
    }
  };

/** Copies numbers that lie so far apart on both sides. */
function line(
  from: Int32Array,
  at: number,
  step: number,
  to: Int32Array,
  place: number,
  stepTo: number,
  count: number,
): void {
  if (stepTo === 1) {
    for (let i = 0; i < count; i++) {
      to[place + i] = from[at] as number;
      at = (at + step) | 0;
    }
    return;
  }
  for (let i = 0; i < count; i++) {
    to[place] = from[at] as number;
    at = (at + step) | 0;
    place = (place + stepTo) | 0;
  }
}

const entries =
  (row: Axis, column: Axis): Block =>
  (from, source, to, target) => {
    for (let r = 0; r < row.size; r++) {
      line(from, source, column.from, to, target, column.to, column.size);
      source += row.from;
      target += row.to;
    }
  };

const tiles =
  (row: Axis, column: Axis): Block =>
  (from, source, to, target) => {
    for (let firstRow = 0; firstRow < row.size; firstRow += TILE) {
      const rowEnd = Math.min(row.size, firstRow + TILE);
      for (let first = 0; first < column.size; first += TILE) {
        const count = Math.min(TILE, column.size - first);
        for (let r = firstRow; r < rowEnd; r++) {
          const at = source + r * row.from + first * column.from;
          const place = target + r * row.to + first * column.to;
          line(from, at, column.from, to, place, column.to, count);
        }
      }
    }
  };
