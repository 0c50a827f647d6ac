import type { Tensor } from '@tensorflow/tfjs-core';
import { mul, sub } from '../tfjs/ops.js';
import { abs, atMost } from './functions.js';

/** ½e² of errors e up to δ, and beyond δ·(|e| − ½δ); of half the error, which is finite where the error is not. */
export function huberOfHalf(halfError: Tensor, delta: number): Tensor {
  const half = abs(halfError);
  const quadratic = atMost(mul(2, half), delta);
  return mul(mul(2, quadratic), sub(half, mul(0.25, quadratic)));
}
