import { around, shapeOf } from './axes.js';
import { someDoubles } from './scratch.js';
import { type Prepare, single } from './step.js';

/* Sums and products of all numbers up to each along an axis, in double precision. */

interface RunningAttrs {
  readonly axis: number;
  readonly exclusive?: boolean;
  readonly reverse?: boolean;
}

/** Sums, or else products; of columns side by side, one row after the other. */
const running =
  (isSum: boolean): Prepare =>
  (inputs, attrs) => {
    const { axis, exclusive = false, reverse = false } = attrs as unknown as RunningAttrs;
    const { before, size, after } = around(shapeOf(inputs), axis);
    const [start, next] = reverse ? [(size - 1) * after, -after] : [0, after];
    return single((x, y) => {
      const totals = someDoubles(after);
      for (let table = 0; table < before; table++) {
        totals.fill(isSum ? 0 : 1, 0, after);
        let at = table * size * after + start;
        for (let row = 0; row < size; row++) {
          for (let i = 0; i < after; i++) {
            const total = totals[i] as number;
            const own = x[at + i] as number;
            const more = isSum ? total + own : total * own;
            y[at + i] = exclusive ? total : more;
            totals[i] = more;
          }
          at += next;
        }
      }
    });
  };

export const runningTotals: Readonly<Record<string, Prepare>> = { Cumsum: running(true), Cumprod: running(false) };
