import type { Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../numerics/autodiff.js';
import { confined } from '../numerics/confined.js';
import { atLeast } from '../numerics/functions.js';
import { opKernels } from '../numerics/opKernels.js';
import { where } from '../numerics/portable.js';
import { sum, times } from '../numerics/sum.js';
import { add, div, mul, notEqual, sub, util } from '../tfjs/ops.js';
import { axisNames, namesOf, type Pattern, type Signature } from './signature.js';

type Range = readonly [low: number, high: number];

interface HasRange {
  readonly range?: Range | null;
}

/** Between which predictions a formula means something: where its domain has a range, that or the loss's own. Null: between all. */
export const rangeWithin = ({ range = null }: HasRange = {}, { range: own = range }: HasRange): Range | null =>
  range && own;

/** What else decides how predictions are drawn back. */
interface Surroundings {
  readonly domain?: HasRange | undefined;
  readonly definition: HasRange;
  readonly signature: Signature;
  /** Those of entries, which broadcast against the predictions. */
  readonly weights: Tensor | null;
}

/**
 * The values of a formula for predictions kept in the range in which it means something. A model without a last activation
 * predicts numbers that are no probabilities, no rates, no variances. The loss there is that at the bound, never below what it
 * can be; the derivative is bounded, and directed towards the domain.
 */
export function confine<Found extends { readonly values: Tensor }>(
  predictions: Tensor,
  { domain, definition, signature, weights }: Surroundings,
  valuesOf: (inside: Tensor) => Found,
): Found {
  const range = rangeWithin(domain, definition);
  // Values of places or rows come from kernels, which cannot look at all predictions first.
  const isInside = !signature.output.dots && range !== null && opKernels.areBetween?.(predictions, range);
  if (range === null || isInside) return valuesOf(predictions);
  const { inside, pull: ofEntries } = confined(predictions, range);
  // An entry that weighs nothing counts as none.
  const isHeavy = weights && constant(() => notEqual(weights, 0));
  const pull = isHeavy ? where(isHeavy, ofEntries, 0) : ofEntries;
  const found = valuesOf(inside);
  return { ...found, values: drawnBack(found.values, pull, signature) };
}

/** Values with the derivative that draws predictions back, by the pull of each entry. */
export const drawnBack = (values: Tensor, pull: Tensor, signature: Signature): Tensor =>
  add(values, times(strengthOf(values), ofValues(pull, signature)));

/**
 * How strongly predictions outside the domain are drawn back: 1 where the loss at the bound is large, and just so much that
 * it has a direction where there is nothing to gain. A model without a last activation learns best so: what lies beyond the
 * bound on the side of its label is right, and in its own time comes back.
 */
const strengthOf = (values: Tensor): Tensor =>
  constant(() => atLeast(sub(1, div(1, add(1, atLeast(values, 0)))), 1 / 256));

/** The pull of each entry as that of a value: summed over classes, the mean of positions that share a value. */
function ofValues(pull: Tensor, { inputs, positions, output }: Signature): Tensor {
  const names = axisNames(inputs.at(-1) as Pattern, pull.rank);
  const [kept, shared] = [namesOf(output), namesOf(positions)];
  const dropped = names.map((_, axis) => axis).filter((axis) => !kept.includes(names[axis] as string));
  const share = dropped.filter((axis) => shared.includes(names[axis] as string));
  const size = util.sizeFromShape(share.map((axis) => pull.shape[axis] as number));
  return dropped.length === 0 ? pull : mul(sum(pull, dropped), 1 / size);
}
