import {
  any,
  cast,
  expandDims,
  equal,
  isNaN,
  less,
  greaterEqual,
  logicalAnd,
  logicalNot,
  notEqual,
  scalar,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { domains, type Domain } from './domain.js';
import { constant } from './numerics.js';

/** Which positions count: those the mask admits and whose label is not the ignored one. Null: all. */
export function validPositions(
  mask: Tensor | undefined,
  labels: Tensor | undefined,
  ignoreIndex: number | null,
): Tensor | null {
  const admitted = mask && constant(() => notEqual(cast(mask, 'float32'), 0));
  const counted =
    labels && ignoreIndex !== null ? constant(() => notEqual(cast(labels, 'float32'), ignoreIndex)) : undefined;
  return (admitted && counted ? logicalAnd(admitted, counted) : (admitted ?? counted)) ?? null;
}

/**
 * The positions whose inputs may enter the formula, or null for all: valid ones, except where a weight is 0 and
 * an input NaN. Zero weights often stand for missing labels, and 0 · NaN would spread them everywhere.
 */
export function admittedPositions(
  valid: Tensor | null,
  weights: Tensor | null,
  inputs: readonly Tensor[],
  rank: number,
): Tensor | null {
  if (!weights) return valid;
  return constant(() => {
    const isMissing = inputs
      .map((input) => isNaN(cast(input, 'float32')))
      .map((missing) => (missing.rank > rank ? any(missing, range(rank, missing.rank)) : missing));
    const clean = isMissing.reduce(
      (all, missing) => logicalAnd(all, logicalNot(logicalAnd(missing, equal(weights, 0)))),
      scalar(true, 'bool'),
    );
    return valid ? logicalAnd(valid, clean) : clean;
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
