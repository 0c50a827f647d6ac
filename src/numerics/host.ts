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
