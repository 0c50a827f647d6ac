import type { Tensor } from '@tensorflow/tfjs-core';
import { reshape } from '../tfjs/ops.js';
import { opKernels } from './opKernels.js';

/** x in another shape. tfjs's own copies x on wasm, where it is differentiated. */
export const shaped = (x: Tensor, shape: number[]): Tensor => opKernels.shaped?.(x, shape) ?? reshape(x, shape);
