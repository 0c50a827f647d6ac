import type { Tensor } from '@tensorflow/tfjs-core';
import { areHostKernelsOn, hostKernel, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';

/** The τ for which Σ max(0, x − max x − τ) is 1 of each row, [R, 1]; null where JavaScript does not have the numbers at hand. */
export const simplexThreshold = (x: Tensor): Tensor | null =>
  areHostKernelsOn() ? (thresholds([x], {})[0] as Tensor) : null;

const thresholds: HostKernel<object> = /* @__PURE__ */ hostKernel('SimplexThreshold', ([x]) => {
  const { shape, values } = x as Numbers;
  const [rows = 0, columns = 0] = shape;
  const made = new Float32Array(rows);
  const candidates = new Float64Array(columns);
  for (let row = 0; row < rows; row++) made[row] = thresholdOf(values, row * columns, columns, candidates);
  return [{ shape: [rows, 1], values: made }];
});

/** What lies below the threshold of those that are left takes no part; once all of them lie above it, it is the one. */
function thresholdOf(values: NumberArray, start: number, columns: number, candidates: Float64Array): number {
  let largest = -Infinity;
  for (let i = start; i < start + columns; i++) {
    const value = values[i] as number;
    if (value > largest) largest = value;
  }
  let count = 0;
  let sum = 0;
  for (let i = start; i < start + columns; i++) {
    const x = Math.fround((values[i] as number) - largest);
    // Of NaN, and of several infinities.
    if (Number.isNaN(x)) return -Infinity;
    if (x <= -1) continue;
    candidates[count++] = x;
    sum += x;
  }
  for (;;) {
    const threshold = (sum - 1) / count;
    let kept = 0;
    sum = 0;
    for (let k = 0; k < count; k++) {
      const x = candidates[k] as number;
      if (x <= threshold) continue;
      candidates[kept++] = x;
      sum += x;
    }
    if (kept === count) return threshold;
    count = kept;
  }
}
