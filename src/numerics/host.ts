import type { Tensor } from '@tensorflow/tfjs-core';
import { getBackend } from '../tfjs/ops.js';

/** Backends whose tensors lie in memory that JavaScript reads without waiting for a device. */
const hostBackends = new Set(['cpu', 'wasm', 'tensorflow']);

/** Whether tensors can be read for free on the backend in use. */
export const isOnHost = (): boolean => hostBackends.has(getBackend());

/** Whether all numbers of a tensor are seen to lie between two. */
export function areBetween(x: Tensor, [low, high]: readonly [number, number]): boolean {
  if (!isOnHost()) return false;
  const numbers = x.dataSync();
  let i = 0;
  while (i < numbers.length && (numbers[i] as number) >= low && (numbers[i] as number) <= high) i++;
  return i === numbers.length;
}

/** How many of a boolean tensor's entries, which can be read, are true; NaN if one is neither 0 nor 1. */
export function countTrue(x: Tensor): number {
  const bytes = x.dataSync<'bool'>();
  // Four at a time take a quarter of the time.
  const words = bytes.byteOffset % 4 === 0 ? bytes.length >> 2 : 0;
  const fours = new Int32Array(bytes.buffer, words > 0 ? bytes.byteOffset : 0, words);
  let count = 0;
  let all = 0;
  for (let i = 0; i < words; i++) {
    const four = fours[i] as number;
    count += Math.imul(four, 0x01010101) >>> 24;
    all |= four;
  }
  for (let i = 4 * words; i < bytes.length; i++) {
    const one = bytes[i] as number;
    count += one;
    all |= one;
  }
  return (all & ~0x01010101) === 0 ? count : NaN;
}
