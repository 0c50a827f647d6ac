import type { Tensor } from '@tensorflow/tfjs-core';
import { minus, over } from '../../../numerics/scalars.js';
import { add, mul } from '../../../tfjs/ops.js';

/** Labels of which a share is spread evenly over the classes: (1 − s)·y + s/C. */
export function smoothed(labels: Tensor, share: number, classes: number): Tensor {
  return share === 0 ? labels : add(mul(minus(1, share), labels), over(share, classes));
}
