import type { Tensor } from '@tensorflow/tfjs-core';
import { differentiable } from '../tfjs/differentiable.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

/**
 * x where `kept` is true, and a number elsewhere; `kept` has the axes of x, the last of which may be of size 1. Null where there
 * is no kernel.
 */
export function filledRows(kept: Tensor, x: Tensor, value: number): Tensor | null {
  if (!areHostKernelsOn() || x.dtype !== 'float32' || x.size === 0 || !isOfRows(kept.shape, x.shape)) return null;
  return differentiable([x], (save) => {
    save([kept]);
    return {
      result: fill([kept, x], { value })[0] as Tensor,
      gradient: (_, dy, [saved]) => filledRows(saved as Tensor, dy, 0) as Tensor,
    };
  });
}

/** Whether the leading axes of x are those of `kept`, whose others are of size 1. */
function isOfRows(kept: readonly number[], shape: readonly number[]): boolean {
  const leading = kept.reduce((last, size, axis) => (size === 1 ? last : axis + 1), 0);
  return kept.slice(0, leading).every((size, axis) => size === shape[axis]);
}

const fill: HostKernel<{ readonly value: number }> = /* @__PURE__ */ hostKernel(
  'FilledRows',
  ([kept, x], { value }) => {
    const { shape, values } = x as Numbers;
    const isKept = (kept as Numbers).values;
    const filled = Float32Array.from(values);
    const columns = isKept.length === 0 ? 0 : values.length / isKept.length;
    for (let row = 0; row < isKept.length; row++) {
      if (!isKept[row]) filled.fill(value, row * columns, (row + 1) * columns);
    }
    return [{ shape: [...shape], values: filled }];
  },
);
