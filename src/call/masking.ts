import type { Tensor } from '@tensorflow/tfjs-core';
import type { Domain } from '../definition/domain.js';
import { constant } from '../numerics/autodiff.js';
import { cast, lowest, where } from '../numerics/portable.js';
import { opKernels } from '../numerics/opKernels.js';
import { both, ofRank } from '../numerics/positions.js';
import { equal, isFinite, isNaN, less, logicalAnd, logicalNot, notEqual } from '../tfjs/ops.js';

/** Which labels do not count. */
export interface IgnoredLabels {
  /** True where a label is another than the ignored class index. Null: none is ignored. */
  readonly areOthers: ((labels: Tensor) => Tensor) | null;
  /** Labels that are NaN do not count. */
  readonly ignoreNaN: boolean;
}

/**
 * Which positions count, in the rank of positions: those that the mask admits, whose label is not the ignored class index
 * and, where NaN labels are ignored, has no entry that is NaN. Null: all.
 */
export function validPositions(
  mask: Tensor | null,
  labels: Tensor | undefined,
  { areOthers, ignoreNaN }: IgnoredLabels,
  rank: number,
): Tensor | null {
  const admitted = mask?.dtype === 'bool' ? mask : mask && constant(() => notEqual(cast(mask, 'float32'), 0));
  // Labels of a larger rank, such as one number per class, are no indices.
  const hasIndices = labels && labels.rank <= rank && areOthers;
  const counted = hasIndices ? constant(() => areOthers(labels)) : null;
  const mayBeNaN = labels?.dtype === 'float32' && ignoreNaN;
  const known = mayBeNaN ? constant(() => logicalNot(ofRank(isNaN(labels), rank))) : null;
  return [admitted, counted, known].map((positions) => positions && ofRank(positions, rank)).reduce(both, null);
}

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
export function neutralize(input: Tensor, { neutral, neutralized }: Domain, wanted: Tensor | null): Tensor {
  if (wanted === null) return input;
  const kept = ofRank(wanted, input.rank);
  return (
    neutralized?.(input, neutral, wanted) ?? opKernels.filled?.(kept, input, neutral) ?? where(kept, input, neutral)
  );
}
