import { range, type Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../../numerics/autodiff.js';
import { alongLast } from '../../../numerics/portable.js';
import { expandDims, less, logicalNot } from '../../../tfjs/ops.js';

/** The index of each threshold that logits `[..., K]` are of. */
const thresholdsOf = ({ shape, rank }: Tensor): Tensor => alongLast(range(0, shape.at(-1) ?? 1, 1, 'int32'), rank);

/** Whether the class of each label lies above each threshold, `[..., K]`. */
export const isAboveThresholds = (labels: Tensor, logits: Tensor): Tensor =>
  constant(() => less(thresholdsOf(logits), expandDims(labels, -1)));

/** Whether the class of each label lies above each threshold or just below it, `[..., K]`. */
export const reachesThresholds = (labels: Tensor, logits: Tensor): Tensor =>
  constant(() => logicalNot(less(expandDims(labels, -1), thresholdsOf(logits))));
