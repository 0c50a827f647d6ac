import { slice, type Tensor } from '@tensorflow/tfjs-core';
import { opKernels } from './opKernels.js';

/** The block of x that begins at a place and has a size along each axis: tfjs's `slice`, by a kernel where that is slow. */
export const block = (x: Tensor, begin: number[], size: number[]): Tensor =>
  opKernels.block?.(x, begin, size) ?? slice(x, begin, size);
