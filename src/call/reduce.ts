import type { Tensor } from '@tensorflow/tfjs-core';
import type { MassIfNone, Unreduced } from '../definition/definition.js';
import type { Reduction } from '../definition/options.js';
import { where } from '../numerics/portable.js';
import { countNonzero, quotient } from '../numerics/quotient.js';
import { stretch, sum, times } from '../numerics/sum.js';
import { mul, util } from '../tfjs/ops.js';

/** Null means one for all weights, and true for all of `valid`; both broadcast against the values. */
export interface Weighting {
  readonly ownWeight?: Tensor | null;
  readonly weights: Tensor | null;
  readonly valid: Tensor | null;
  readonly reduction: Reduction;
}

/** The shape that a reduction leaves of the values'. */
export function reducedShape(shape: readonly number[], reduction: Reduction): number[] {
  return shape.slice(0, reduction === 'none' ? shape.length : reduction === 'perExample' ? 1 : 0);
}

/** What a formula, a shortcut or a kernel gives: values, or their total. */
export type Outcome = Unreduced | Total;

/** Values that have been weighted and summed over the axes that the reduction does not keep. */
export interface Total {
  readonly total: Tensor;
  /** What the reduction divides it by. */
  readonly divisor: number | Tensor;
}

/** How values are reduced, and what of their definition matters for it. */
interface Reducing extends Pick<Weighting, 'weights' | 'reduction'> {
  readonly massIfNone?: MassIfNone | undefined;
}

/**
 * The only place where values become a number: what they are multiplied by, which axes are kept and what a sum is divided
 * by. What is not valid has no part in any sum, count or gradient.
 */
export function reduce(outcome: Outcome, weighting: Reducing): Tensor {
  const { reduction } = weighting;
  if ('total' in outcome) return divided(outcome, weighting);
  const losses = weighed(outcome, weighting);
  if (reduction === 'none') return losses;

  // One value per example already: its mean over valid positions is itself, or the 0 that stands for a masked one.
  if (reduction === 'perExample' && losses.rank <= 1) return losses;
  return divided(totalOf(outcome, weighting, losses), weighting);
}

/** Values times their weights, and 0 where they are not valid. */
function weighed({ values, valid = null }: Unreduced, { weights }: Pick<Weighting, 'weights'>): Tensor {
  const counted = onlyValid(values, valid);
  return weights ? times(counted, weights) : counted;
}

/** What a reduction other than `'none'` divides, and by what. */
export function totalOf(
  outcome: Unreduced,
  { weights, reduction }: Pick<Weighting, 'weights' | 'reduction'>,
  losses: Tensor = weighed(outcome, { weights }),
): Total {
  const { ownWeight = null, valid = null } = outcome;
  const { shape } = losses;
  const over = shape.map((_, axis) => axis).slice(reducedShape(shape, reduction).length);
  const isOfLosses = reduction === 'meanOverNonzeroLosses';
  const divisor = isOfLosses ? countNonzero(losses, over) : divisorOf(shape, { ownWeight, weights, valid, reduction });
  return { total: sum(losses, over), divisor };
}

export const divided = ({ total, divisor }: Total, { reduction, massIfNone }: Reducing): Tensor =>
  typeof divisor !== 'number'
    ? quotient(total, massIfNone?.divisor(divisor, reduction) ?? divisor)
    : divisor === 1
      ? total
      : mul(total, 1 / divisor);

/** Values or a total, times a number. */
export function scaled(outcome: Outcome, unit: number): Outcome {
  if (unit === 1) return outcome;
  const inUnit = (nats: Tensor): Tensor => mul(nats, unit);
  return 'total' in outcome
    ? { ...outcome, total: inUnit(outcome.total) }
    : { ...outcome, values: inUnit(outcome.values) };
}

/** What a reduction divides totals by. It does not depend on the losses. */
export function divisorOf(shape: number[], { ownWeight, weights, valid, reduction }: Weighting): number | Tensor {
  if (reduction === 'sum') return 1;
  const over = shape.map((_, axis) => axis).slice(reducedShape(shape, reduction).length);
  if (reduction === 'perExample' || reduction === 'mean') {
    const sizeOf = (sizes: number[]): number => util.sizeFromShape(over.map((axis) => sizes[axis] as number));
    return valid ? mul(countNonzero(valid, over), sizeOf(shape) / sizeOf(valid.shape)) : sizeOf(shape);
  }
  const counted = reduction === 'weightedMean' && ownWeight ? (weights ? mul(weights, ownWeight) : ownWeight) : weights;
  if (!counted) return divisorOf(shape, { weights, valid, reduction: 'mean' });
  const sumUp = (x: Tensor): Tensor => (reduction === 'weightedMean' ? sum(x) : countNonzero(x));
  // All axes are summed here, and each of these numbers stands for as many values.
  if (!valid) return mul(sumUp(counted), util.sizeFromShape(shape) / counted.size);
  return sumUp(onlyValid(stretch(counted, shape), valid));
}

/** x, and 0 where it is not valid. */
export const onlyValid = (x: Tensor, valid: Tensor | null): Tensor => (valid ? where(valid, x, 0) : x);
