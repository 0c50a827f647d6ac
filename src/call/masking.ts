import {
  broadcastTo,
  equal,
  greaterEqual,
  isFinite,
  isNaN,
  less,
  logicalAnd,
  logicalNot,
  notEqual,
  scalar,
  type Tensor,
  tensor,
} from '@tensorflow/tfjs-core';
import type { Domain } from '../definition/domain.js';
import { constant } from '../numerics/autodiff.js';
import { cast, isHalf, lowest, where } from '../numerics/portable.js';
import { both, ofRank } from '../numerics/positions.js';

/** The options of a loss that say which labels do not count; not every loss has the first. */
export interface IgnoredLabels {
  readonly ignoreIndex?: number | null;
  readonly ignoreNaN?: boolean;
}

/**
 * Which positions count, in the rank of positions: those that the mask admits, whose label is not the ignored class index
 * and, where NaN labels are ignored, has no entry that is NaN. Null: all.
 */
export function validPositions(
  mask: Tensor | null,
  labels: Tensor | undefined,
  { ignoreIndex = null, ignoreNaN = false }: IgnoredLabels,
  rank: number,
): Tensor | null {
  const admitted = mask && constant(() => notEqual(cast(mask, 'float32'), 0));
  // Labels of a larger rank, such as one number per class, are no indices.
  const hasIndices = labels && labels.rank <= rank && ignoreIndex !== null;
  const counted = hasIndices ? constant(() => isOther(labels, ignoreIndex)) : null;
  const mayBeNaN = labels?.dtype === 'float32' && ignoreNaN;
  const known = mayBeNaN ? constant(() => logicalNot(ofRank(isNaN(labels), rank))) : null;
  return [admitted, counted, known]
    .map((positions) => positions && ofRank(positions, rank))
    .reduce((a, b) => both(a, b), null);
}

/** In half precision, whose device takes the last digit of a large label, they are compared on the host. */
const isOther = (labels: Tensor, ignored: number): Tensor =>
  isHalf()
    ? tensor(
        Array.from(labels.dataSync(), (label) => label !== ignored),
        labels.shape,
        'bool',
      )
    : notEqual(cast(labels, dtypeOf(labels)), scalar(ignored, dtypeOf(labels)));

/** Integers are compared as such: float32 has not the digits of all. */
const dtypeOf = ({ dtype }: Tensor): 'int32' | 'float32' => (dtype === 'int32' ? dtype : 'float32');

/**
 * The positions whose inputs may enter the formula: valid ones, except where a weight is 0 and an input is NaN or Infinity
 * or, once those are out, the loss is not finite. Zero weights often stand for missing labels, and 0 · NaN would spread
 * everywhere.
 */
export function admittedPositions(
  valid: Tensor | null,
  weights: Tensor,
  inputs: readonly Tensor[],
  lossWhere: (admitted: Tensor | null) => Tensor,
): Tensor | null {
  const withoutSpoilt = (admitted: Tensor | null, isSpoilt: Tensor): Tensor => {
    const counts = logicalNot(logicalAnd(isSpoilt, equal(weights, 0)));
    return admitted ? logicalAnd(admitted, ofRank(counts, Math.max(admitted.rank, counts.rank))) : counts;
  };
  const admittedByInputs = inputs
    .map((input) =>
      ofRank(
        constant(() => logicalNot(less(cast(input, 'float32'), -lowest()))),
        weights.rank,
      ),
    )
    .reduce<Tensor | null>((admitted, isSpoilt) => constant(() => withoutSpoilt(admitted, isSpoilt)), valid);
  return constant(() => withoutSpoilt(admittedByInputs, logicalNot(isFinite(lossWhere(admittedByInputs)))));
}

/** Puts a harmless number wherever a position is not to be looked at: neither it nor its gradient is felt. */
export function neutralize(input: Tensor, { neutral }: Domain, wanted: Tensor | null): Tensor {
  if (wanted === null) return input;
  if (!isHalf() || input.dtype !== 'int32')
    return where(ofRank(wanted, input.rank), input, scalar(neutral, input.dtype));
  // On the device they would lose their last digit.
  const isWanted = broadcastTo(ofRank(wanted, input.rank), input.shape).dataSync();
  const kept = Array.from(input.dataSync(), (index, i) => (isWanted[i] ? index : neutral));
  return tensor(kept, input.shape, 'int32');
}

/** True where a class index names one of the classes. */
export function inRange(labels: Tensor, classes: number): Tensor {
  return constant(() => logicalAnd(greaterEqual(labels, 0), less(labels, classes)));
}
