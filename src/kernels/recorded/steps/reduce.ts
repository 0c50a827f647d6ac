import { util } from '@tensorflow/tfjs-core';
import { shapeOf, sizeOf, stridesOf } from './axes.js';
import { someDoubles, someFloats } from './scratch.js';
import { settled } from './settled.js';
import { type Prepare, single, type Step } from './step.js';
import { copier } from './strided.js';

/* One number for all along some axes. Extremes have loops of their own: with a comparison that is called, each takes twice as long. */

/** Reduces the middle axis of three. */
export type Reduction = (x: Float32Array, y: Float32Array, before: number, count: number, after: number) => void;

/** The same over any axes: neighbours are one axis, and where more than three are left, those to reduce go to the end. */
export function over(shape: readonly number[], axes: readonly number[], reduction: Reduction): Step {
  const isReduced = (axis: number): boolean => axes.includes(axis);
  const all = shape.map((_, axis) => axis).filter((axis) => shape[axis] !== 1);
  const count = sizeOf(axes.map((axis) => shape[axis] as number));
  const first = all.findIndex(isReduced);
  const last = all.map(isReduced).lastIndexOf(true);
  const sizesOf = (some: readonly number[]): number[] => some.map((axis) => shape[axis] as number);
  if (all.slice(first, last + 1).every(isReduced)) {
    const before = sizeOf(sizesOf(first < 0 ? all : all.slice(0, first)));
    const after = sizeOf(sizesOf(first < 0 ? [] : all.slice(last + 1)));
    return single((x, y) => reduction(x, y, before, count, after));
  }
  const order = [...all.filter((axis) => !isReduced(axis)), ...all.filter(isReduced)];
  const strides = stridesOf(shape);
  const from = { at: 0, strides: order.map((axis) => strides[axis] as number) };
  const copy = copier(sizesOf(order), from, { at: 0, strides: stridesOf(sizesOf(order)) });
  const size = sizeOf(shape);
  return single((x, y) => {
    const moved = someFloats(size);
    copy(x, moved);
    reduction(moved, y, size / count, count, 1);
  });
}

/** Sums of so many columns at a time stay in the processor's nearest cache. */
const COLUMNS = 1024;

/** With fewer columns, or numbers, each column is added up by itself. */
const FEW = { columns: 8, numbers: 4096 } as const;

/** In double precision; each sum is divided by a number. */
export function sums(divisorOf: (count: number) => number): Reduction {
  return (x, y, before, count, after) => {
    const divisor = divisorOf(count);
    if (after === 1) sumRows(x, y, before, count, divisor);
    else if (after < FEW.columns || count * after <= FEW.numbers) sumColumns(x, y, before, count, after, divisor);
    else sumTables(x, y, before, count, after, divisor);
  };
}

/** Four sums at a time do not wait for each other. */
function sumRows(x: Float32Array, y: Float32Array, rows: number, count: number, divisor: number): void {
  for (let row = 0, at = 0; row < rows; row++) {
    const end = at + count;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (; at + 3 < end; at += 4) {
      a += x[at] as number;
      b += x[at + 1] as number;
      c += x[at + 2] as number;
      d += x[at + 3] as number;
    }
    for (; at < end; at++) a += x[at] as number;
    y[row] = (a + b + (c + d)) / divisor;
  }
}

function sumColumns(
  x: Float32Array,
  y: Float32Array,
  before: number,
  count: number,
  after: number,
  divisor: number,
): void {
  const table = count * after;
  for (let t = 0, to = 0; t < before; t++) {
    for (let column = 0; column < after; column++) {
      const end = (t + 1) * table;
      let sum = 0;
      for (let at = t * table + column; at < end; at += after) sum += x[at] as number;
      y[to++] = sum / divisor;
    }
  }
}

function sumTables(
  x: Float32Array,
  y: Float32Array,
  before: number,
  count: number,
  after: number,
  divisor: number,
): void {
  const totals = someDoubles(COLUMNS);
  for (let t = 0; t < before; t++) {
    for (let first = 0; first < after; first += COLUMNS) {
      const columns = Math.min(COLUMNS, after - first);
      totals.fill(0, 0, columns);
      let at = t * count * after + first;
      let row = 0;
      for (; row + 3 < count; row += 4) {
        for (let i = at; i < at + columns; i++) {
          const two = (x[i] as number) + (x[i + after] as number);
          const others = (x[i + 2 * after] as number) + (x[i + 3 * after] as number);
          (totals[i - at] as number) += two + others;
        }
        at += 4 * after;
      }
      for (; row < count; row++) {
        for (let i = 0; i < columns; i++) (totals[i] as number) += x[at + i] as number;
        at += after;
      }
      for (let i = 0; i < columns; i++) y[t * after + first + i] = (totals[i] as number) / divisor;
    }
  }
}

/** The first of the greatest numbers, or NaN if there is any. */
const greatest: Reduction = (x, y, before, count, after) => {
  for (let t = 0; t < before; t++) {
    for (let column = 0; column < after; column++) {
      let at = t * count * after + column;
      let most = x[at] as number;
      for (let i = 1; i < count; i++) {
        at += after;
        const value = x[at] as number;
        if (value > most || value !== value) most = value;
      }
      y[t * after + column] = most;
    }
  }
};

const least: Reduction = (x, y, before, count, after) => {
  for (let t = 0; t < before; t++) {
    for (let column = 0; column < after; column++) {
      let at = t * count * after + column;
      let fewest = x[at] as number;
      for (let i = 1; i < count; i++) {
        at += after;
        const value = x[at] as number;
        if (value < fewest || value !== value) fewest = value;
      }
      y[t * after + column] = fewest;
    }
  }
};

const product: Reduction = (x, y, before, count, after) => {
  for (let t = 0; t < before; t++) {
    for (let column = 0; column < after; column++) {
      let at = t * count * after + column;
      let factors = 1;
      for (let i = 0; i < count; i++) {
        factors *= x[at] as number;
        at += after;
      }
      y[t * after + column] = factors;
    }
  }
};

const firstGreatest: Reduction = (x, y, before, count, after) => {
  for (let t = 0; t < before; t++) {
    for (let column = 0; column < after; column++) {
      const start = t * count * after + column;
      let most = x[start] as number;
      let found = 0;
      for (let i = 1; i < count; i++) {
        const value = x[start + i * after] as number;
        if (value > most) {
          most = value;
          found = i;
        }
      }
      y[t * after + column] = found;
    }
  }
};

const firstLeast: Reduction = (x, y, before, count, after) => {
  for (let t = 0; t < before; t++) {
    for (let column = 0; column < after; column++) {
      const start = t * count * after + column;
      let fewest = x[start] as number;
      let found = 0;
      for (let i = 1; i < count; i++) {
        const value = x[start + i * after] as number;
        if (value < fewest) {
          fewest = value;
          found = i;
        }
      }
      y[t * after + column] = found;
    }
  }
};

const reducing =
  (attribute: string, reduction: Reduction): Prepare =>
  (inputs, attrs, outputs) => {
    const shape = shapeOf(inputs);
    const step = over(shape, util.parseAxisParam(attrs[attribute] as number[], [...shape]), reduction);
    return settled(step, inputs, outputs);
  };

/** What has no meaning without numbers. */
const reducingSome =
  (attribute: string, reduction: Reduction): Prepare =>
  (inputs, attrs, outputs) =>
    sizeOf(shapeOf(inputs)) === 0 ? null : reducing(attribute, reduction)(inputs, attrs, outputs);

export const reductions: Readonly<Record<string, Prepare>> = {
  Sum: reducing(
    'axis',
    sums(() => 1),
  ),
  Mean: reducing(
    'axis',
    sums((count) => count),
  ),
  Prod: reducing('axis', product),
  Max: reducingSome('reductionIndices', greatest),
  Min: reducingSome('axis', least),
  Any: reducingSome('axis', greatest),
  All: reducingSome('axis', least),
  ArgMax: reducingSome('axis', firstGreatest),
  ArgMin: reducingSome('axis', firstLeast),
};
