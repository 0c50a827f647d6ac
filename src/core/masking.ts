import {
  any,
  cast,
  expandDims,
  equal,
  less,
  greaterEqual,
  isFinite,
  logicalAnd,
  logicalNot,
  logicalOr,
  notEqual,
  scalar,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { domains, type Domain } from './domain.js';
import { constant } from './numerics.js';

/** Which positions count: those the mask admits and whose label is not the ignored one. Null: all. */
export function validPositions(
  mask: Tensor | null,
  labels: Tensor | undefined,
  ignoreIndex: number | null,
): Tensor | null {
  const admitted = mask && constant(() => notEqual(cast(mask, 'float32'), 0));
  const counted =
    labels && ignoreIndex !== null ? constant(() => notEqual(cast(labels, 'float32'), ignoreIndex)) : undefined;
  return (admitted && counted ? logicalAnd(admitted, counted) : (admitted ?? counted)) ?? null;
}

/**
 * The positions whose inputs may enter the formula: valid ones, except where a weight is 0 and the loss is not finite
 * or an input is NaN or Infinity. Zero weights often stand for missing labels, and 0 · NaN would spread everywhere.
 */
export function admittedPositions(
  valid: Tensor | null,
  weights: Tensor,
  inputs: readonly Tensor[],
  lossWhere: (admitted: Tensor | null) => Tensor,
): Tensor {
  return constant(() => {
    const losses = lossWhere(valid);
    const isSpoilt = inputs
      .map((input) => logicalNot(less(cast(input, 'float32'), Infinity)))
      .map((missing) => (missing.rank > losses.rank ? any(missing, range(losses.rank, missing.rank)) : missing))
      .reduce(logicalOr, logicalNot(isFinite(losses)));
    const counts = logicalNot(logicalAnd(isSpoilt, equal(weights, 0)));
    return valid ? logicalAnd(valid, counts) : counts;
  });
}

/** Puts a harmless number wherever a position is not to be looked at: neither it nor its gradient is felt. */
export function neutralize(input: Tensor, domain: Domain, wanted: Tensor | null): Tensor {
  return wanted ? where(trailing(wanted, input.rank), input, scalar(domains[domain].neutral, input.dtype)) : input;
}

/** True where a class index names one of the classes. */
export function inRange(labels: Tensor, classes: number): Tensor {
  return constant(() => logicalAnd(greaterEqual(labels, 0), less(labels, classes)));
}

/** Appends axes of size 1 up to the given rank. */
export function trailing(x: Tensor, rank: number): Tensor {
  return x.rank < rank ? trailing(expandDims(x, -1), rank) : x;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);
