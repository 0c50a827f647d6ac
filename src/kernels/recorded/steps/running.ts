import { around, shapeOf } from './axes.js';
import { someDoubles } from './scratch.js';
import { settled } from './settled.js';
import { type Prepare, single } from './step.js';

/* Sums and products of all numbers up to each along an axis, in double precision. */

interface RunningAttrs {
  readonly axis: number;
  readonly exclusive?: boolean;
  readonly reverse?: boolean;
}

/** Sums, or else products. */
const running =
  (isSum: boolean): Prepare =>
  (inputs, attrs, outputs) => {
    const { axis, exclusive = false, reverse = false } = attrs as unknown as RunningAttrs;
    const { before, size, after } = around(shapeOf(inputs), axis);
    const [start, next] = reverse ? [(size - 1) * after, -after] : [0, after];
    const walk = after === 1 ? alongRow : alongColumns;
    const step = single((x, y) => {
      for (let table = 0; table < before; table++) {
        walk(x, y, table * size * after + start, next, size, after, isSum, exclusive);
      }
    });
    return settled(step, inputs, outputs);
  };

function alongRow(
  x: Float32Array,
  y: Float32Array,
  at: number,
  next: number,
  size: number,
  _: number,
  isSum: boolean,
  isExclusive: boolean,
): void {
  let total = isSum ? 0 : 1;
  for (let i = 0; i < size; i++, at += next) {
    const own = x[at] as number;
    const more = isSum ? total + own : total * own;
    y[at] = isExclusive ? total : more;
    total = more;
  }
}

/** Columns side by side, one row after the other. */
function alongColumns(
  x: Float32Array,
  y: Float32Array,
  at: number,
  next: number,
  size: number,
  columns: number,
  isSum: boolean,
  isExclusive: boolean,
): void {
  const totals = someDoubles(columns);
  totals.fill(isSum ? 0 : 1, 0, columns);
  for (let row = 0; row < size; row++, at += next) {
    for (let i = 0; i < columns; i++) {
      const total = totals[i] as number;
      const own = x[at + i] as number;
      const more = isSum ? total + own : total * own;
      y[at + i] = isExclusive ? total : more;
      totals[i] = more;
    }
  }
}

export const runningTotals: Readonly<Record<string, Prepare>> = { Cumsum: running(true), Cumprod: running(false) };
