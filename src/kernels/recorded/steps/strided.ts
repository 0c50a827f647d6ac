/* Copies between boxes of numbers, of any rank, whose neighbours lie at any distance. */

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
type Block = (from: Float32Array, source: number, to: Float32Array, target: number) => void;

/** From so many numbers on, methods of arrays are faster than loops. */
export const LONG = 48;

/** Rows and columns of a tile, which stays in the processor's nearest cache. */
const TILE = 32;

/** Copies a box of that shape from one place to another. */
export function copier(shape: readonly number[], from: Place, to: Place): Copy {
  if (shape.includes(0)) return () => undefined;
  const axes = merged(shape.map((size, i) => ({ size, from: from.strides[i] as number, to: to.strides[i] as number })));
  const column = axes.pop() ?? { size: 1, from: 1, to: 1 };
  const row = axes.splice(rowAmong(axes, column), 1)[0] ?? { size: 1, from: 0, to: 0 };
  const block = blockOf(row, column);
  const [source, target] = [from.at, to.at];
  if (axes.length === 0) return (numbers, copies) => block(numbers, source, copies, target);
  const walk = (level: number, numbers: Float32Array, at: number, copies: Float32Array, place: number): void => {
    const axis = axes[level] as Axis;
    const isLast = level === axes.length - 1;
    for (let i = 0; i < axis.size; i++) {
      if (isLast) block(numbers, at, copies, place);
      else walk(level + 1, numbers, at, copies, place);
      at += axis.from;
      place += axis.to;
    }
  };
  return (numbers, copies) => walk(0, numbers, source, copies, target);
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
  return rows >= TILE && columns >= TILE && Math.abs(row.from) < Math.abs(column.from)
    ? tiles(row, column)
    : entries(row, column);
}

const runs =
  (row: Axis, columns: number): Block =>
  (from, source, to, target) => {
    if (source === 0 && from.length === columns) {
      for (let r = 0; r < row.size; r++) to.set(from, target + r * row.to);
      return;
    }
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

function entries(row: Axis, column: Axis): Block {
  const { size: rows, from: rowFrom, to: rowTo } = row;
  const { size: columns, from: step, to: stepTo } = column;
  return (from, source, to, target) => {
    for (let r = 0; r < rows; r++) {
      let at = source;
      let place = target;
      for (let c = 0; c < columns; c++) {
        to[place] = from[at] as number;
        at += step;
        place += stepTo;
      }
      source += rowFrom;
      target += rowTo;
    }
  };
}

function tiles(row: Axis, column: Axis): Block {
  const { size: rows, from: rowFrom, to: rowTo } = row;
  const { size: columns, from: step, to: stepTo } = column;
  return (from, source, to, target) => {
    for (let firstRow = 0; firstRow < rows; firstRow += TILE) {
      const rowEnd = Math.min(rows, firstRow + TILE);
      for (let first = 0; first < columns; first += TILE) {
        const end = Math.min(columns, first + TILE);
        for (let r = firstRow; r < rowEnd; r++) {
          let at = source + r * rowFrom + first * step;
          let place = target + r * rowTo + first * stepTo;
          for (let c = first; c < end; c++) {
            to[place] = from[at] as number;
            at += step;
            place += stepTo;
          }
        }
      }
    }
  };
}
