import { range, type Tensor } from '@tensorflow/tfjs-core';
import { equal, reshape, sub } from '../tfjs/ops.js';
import { constant } from './autodiff.js';
import { columnsOf } from './columns.js';
import { where } from './portable.js';
import { stretch, sum } from './sum.js';

/** The place of each entry in its row. */
export const placesIn = ({ shape: [rows = 0, columns = 0] }: Tensor): Tensor =>
  constant(() => stretch(reshape(range(0, columns, 1, 'float32'), [1, columns]), [rows, columns]));

/** True at a place of each row of a table, `[rows, 1]`; tfjs on wasm compares rows with columns 14 times as slowly as it subtracts. */
export const isAtPlace = (place: Tensor, x: Tensor): Tensor => constant(() => equal(sub(columnsOf(x), place), 0));

/** The entry of each row where a choice is true, all along the row. */
export const entryAt = (isThere: Tensor, x: Tensor): Tensor => stretch(sum(where(isThere, x, 0), -1, true), x.shape);
