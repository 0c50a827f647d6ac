import { getBackend, type Tensor } from '@tensorflow/tfjs-core';
import { differentiable } from '../tfjs/differentiable.js';
import { decided } from '../tfjs/watch.js';
import { areShortcutsOn, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

/* Rows of tables by their indices. tfjs on cpu takes a list of indices for each number, and on wasm adds in single precision. */

/** The rows of x at some indices `[N]`; null where tfjs's own gather is as fast, or an index is beyond x. */
export function pickedRows(x: Tensor, indices: Tensor): Tensor | null {
  const count = x.shape[0];
  if (!isFor(x) || !areWithin(indices, count)) return null;
  return differentiable([x], (save) => {
    save([indices]);
    return {
      result: pick([x, indices], {})[0] as Tensor,
      gradient: (_, dy, [at]) => addedRows(dy, at as Tensor, count),
    };
  });
}

/** A table of so many rows, each the sum of those that have its index. */
function addedRows(rows: Tensor, indices: Tensor, count: number): Tensor {
  return differentiable([rows], (save) => {
    save([indices]);
    return {
      result: addUp([rows, indices], { count })[0] as Tensor,
      gradient: (_, dy, [at]) => pickedRows(dy, at as Tensor) as Tensor,
    };
  });
}

const isFor = ({ dtype, rank, size }: Tensor): boolean =>
  areShortcutsOn() && getBackend() !== 'tensorflow' && dtype === 'float32' && rank > 0 && size > 0;

/** Whether all indices are those of rows. */
const areWithin = (indices: Tensor, count: number): boolean =>
  decided([indices], ([values]) => {
    const all = values as ArrayLike<number>;
    let i = 0;
    while (i < all.length && (all[i] as number) >= 0 && (all[i] as number) < count) i++;
    return i === all.length && i > 0;
  });

/** Narrower rows are copied entry by entry. */
const WIDE = 48;

const pick: HostKernel<object> = /* @__PURE__ */ hostKernel('PickedRows', ([x, indices]) => {
  const { shape, values } = x as Numbers;
  const at = (indices as Numbers).values;
  const width = values.length / (shape[0] as number);
  const picked = new Float32Array(at.length * width);
  for (let i = 0, to = 0; i < at.length; i++, to += width) {
    const from = (at[i] as number) * width;
    if (width >= WIDE) picked.set(values.subarray(from, from + width), to);
    else for (let j = 0; j < width; j++) picked[to + j] = values[from + j] as number;
  }
  return [{ shape: [at.length, ...shape.slice(1)], values: picked }];
});

/** Sums of at most so many entries are made in double precision: they take twice the memory. */
const FEW = 2 ** 21;

const addUp: HostKernel<{ readonly count: number }> = /* @__PURE__ */ hostKernel(
  'AddedRows',
  ([rows, indices], { count }) => {
    const { shape, values } = rows as Numbers;
    const at = (indices as Numbers).values;
    const width = values.length / at.length;
    const sums = count * width <= FEW ? new Float64Array(count * width) : new Float32Array(count * width);
    let from = 0;
    for (const row of at) {
      const to = row * width;
      for (let j = 0; j < width; j++) (sums[to + j] as number) += values[from++] as number;
    }
    return [{ shape: [count, ...shape.slice(1)], values: Float32Array.from(sums) }];
  },
);
