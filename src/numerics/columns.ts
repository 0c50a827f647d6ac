import { range, type Tensor } from '@tensorflow/tfjs-core';
import { expandDims } from '../tfjs/ops.js';
import { constant } from './autodiff.js';

/** The places of the entries along each row of a table. */
export const columnsOf = ({ shape }: Tensor): Tensor => range(0, shape[1] as number, 1, 'float32');

/** The place of each row of a table, `[rows, 1]`. */
export const placesOfRows = (rows: number): Tensor => constant(() => expandDims(range(0, rows, 1, 'float32'), 1));
