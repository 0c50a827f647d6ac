import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { differentiable } from '../tfjs/differentiable.js';
import { areShortcutsOn, hostKernelInto, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';
import { isOfRows } from './repeated.js';

/**
 * x where `kept` is true, and a number elsewhere; `kept` has the axes of x, the last of which may be of size 1. Null where there
 * is no kernel.
 */
export function filledRows(kept: Tensor, x: Tensor, value: number): Tensor | null {
  if (
    !areShortcutsOn() ||
    (x.dtype !== 'float32' && x.dtype !== 'int32') ||
    x.size === 0 ||
    !isOfRows(kept.shape, x.shape)
  )
    return null;
  return differentiable([x], (save) => {
    save([kept]);
    return {
      result: fill([kept, x], { value })[0] as Tensor,
      gradient: (_, dy, [saved]) => filledRows(saved as Tensor, dy, 0) as Tensor,
    };
  });
}

const fill: HostKernel<{ readonly value: number }> = /* @__PURE__ */ hostKernelInto(
  'FilledRows',
  ([, x]) => [[...(x as TensorInfo).shape]],
  ([kept, x], { value }, [result]) => {
    const isKept = (kept as Numbers).values;
    const filled: NumberArray = result as Float32Array;
    filled.set((x as Numbers).values);
    const columns = filled.length / isKept.length;
    if (columns === 1) fillEach(isKept, value, filled);
    else {
      for (let row = 0; row < isKept.length; row++) {
        if (!isKept[row]) filled.fill(value, row * columns, (row + 1) * columns);
      }
    }
  },
  ([, x]) => (x as TensorInfo).dtype,
);

/** By bits: which numbers are kept cannot be foreseen, so that a branch would take several times as long. */
function fillEach(isKept: NumberArray, value: number, filled: NumberArray): void {
  const bits = new Int32Array(filled.buffer, filled.byteOffset, filled.length);
  const [other = 0] = filled instanceof Float32Array ? new Int32Array(Float32Array.of(value).buffer) : [value];
  for (let i = 0; i < bits.length; i++) {
    // Any byte but 0 is true.
    const mask = -(((isKept[i] as number) + 255) >> 8);
    bits[i] = ((bits[i] as number) & mask) | (other & ~mask);
  }
}
