import type { Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../../numerics/autodiff.js';
import { atLeast } from '../../../numerics/functions.js';
import { cast, where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { broadcastTo, div, expandDims, less, scalar, sub } from '../../../tfjs/ops.js';

/*
 * Features [B, D] as columns of numbers over the examples that count.
 */

/** How many examples count, a number in a tensor. */
export const countOf = (features: Tensor, valid: Tensor | null): Tensor =>
  constant(() => {
    const size = features.shape[0];
    return valid ? sum(cast(broadcastTo(valid, [size]), 'float32')) : scalar(size);
  });

/** Features less their means over the examples that count; 0 in the others. */
export function deviationsOf(features: Tensor, valid: Tensor | null, count: Tensor): Tensor {
  const counted = (x: Tensor): Tensor => (valid ? where(expandDims(valid, -1), x, 0) : x);
  return counted(sub(features, div(sum(counted(features), 0), atLeast(count, 1))));
}

/** A value that takes two examples, and 0 where fewer count. */
export const ofTwoOrMore = (count: Tensor, value: Tensor): Tensor =>
  where(
    constant(() => less(count, 2)),
    0,
    value,
  );
