import { range, squeeze, type Tensor, unstack } from '@tensorflow/tfjs-core';
import { expandDims, less } from '../../../tfjs/ops.js';

/** Which of the first n entries of each row there are: [B, n]. */
export const within = (counts: Tensor, n: number): Tensor => less(range(0, n, 1, 'int32'), expandDims(counts, -1));

/** What there is at each time step, of [B, T, ...]. tfjs does not differentiate an `unstack` of one. */
export const ofEachStep = (x: Tensor): Tensor[] => (x.shape[1] === 1 ? [squeeze(x, [1])] : unstack(x, 1));

/** For each time step, which examples still have one: [B, 1]. */
export const atEachStep = (isDuring: Tensor): Tensor[] => unstack(isDuring, 1).map((isNow) => expandDims(isNow, -1));
