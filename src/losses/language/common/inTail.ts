import { concat, type Tensor } from '@tensorflow/tfjs-core';
import { dependingOn } from '../../../numerics/autodiff.js';
import { inRange, isClass } from '../../../numerics/isClass.js';
import { where } from '../../../numerics/portable.js';
import { rowsOf } from '../../../numerics/rowsOf.js';
import { logSoftmaxAt } from '../../../numerics/softmax.js';
import { scalar, sub, tensor, zeros } from '../../../tfjs/ops.js';
import type { Tail } from './adaptiveSoftmax.js';

/** ln of the share of each label in its tail, and 0 for labels elsewhere, `[N]`: from the logits of all positions. */
export function inTailOfAll(labels: Tensor, hidden: Tensor, { first, size, logits }: Tail): Tensor {
  const own = sub(labels, scalar(first, 'int32'));
  return where(inRange(own, size), logSoftmaxAt(logits(hidden), isClass(own, size)), 0);
}

/** The same from the logits of the positions whose labels are in the tail. */
export function inTailOfSome(labels: Tensor, hidden: Tensor, { first, size, logits, weights }: Tail): Tensor {
  const positions: number[] = [];
  const own: number[] = [];
  const places = Array.from(labels.dataSync(), (label, position) => {
    if (label < first || label >= first + size) return 0;
    positions.push(position);
    return own.push(label - first);
  });
  if (positions.length === 0) return weights.reduce<Tensor>(dependingOn, zeros([places.length]));
  const ofTail = logits(rowsOf(hidden, indices(positions)));
  const values = logSoftmaxAt(ofTail, isClass(indices(own), size));
  return rowsOf(concat([zeros([1]), values]), indices(places));
}

const indices = (list: readonly number[]): Tensor => tensor([...list], [list.length], 'int32');
