import { argMax, range, type Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../../numerics/matMul.js';
import { constant } from '../../../numerics/autodiff.js';
import { cast, lowest, where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { equal, expandDims, logicalAnd } from '../../../tfjs/ops.js';

/** True at the first of the largest x of the last axis among those that are allowed. */
export function firstLargest(x: Tensor, allowed: Tensor): Tensor {
  const first = argMax(where(allowed, x, lowest()), -1);
  return logicalAnd(allowed, isAt(first, allowed.shape.at(-1) ?? 0));
}

/** True at a place along a new last axis of so many. */
export const isAt = (place: Tensor, count: number): Tensor => equal(expandDims(place, -1), range(0, count, 1, 'int32'));

/** The one entry of the last axis that is chosen. */
export const entryOf = (x: Tensor, isChosen: Tensor): Tensor => sum(where(isChosen, x, 0), -1);

/** Of a table x `[N, M]` the row that is chosen by each row `[..., N]`. */
export const rowOf = (x: Tensor, isChosen: Tensor): Tensor =>
  matMul(
    constant(() => cast(isChosen, 'float32')),
    x,
  );
