import {
  gather,
  greaterEqual,
  lessEqual,
  logicalAnd,
  mul,
  ones,
  reshape,
  scalar,
  tensor1d,
  where,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { fail, show } from '../core/fail.js';

/** How much each class counts, by its index; a class that is left out counts 1. */
export type ClassWeight = Readonly<Record<number, number>>;

export function isClassWeight(value: unknown): value is ClassWeight {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([index, weight]) => /^\d+$/.test(index) && typeof weight === 'number')
  );
}

/** The weight of the class that each label names; 1 for a label that names none, such as an ignored one. */
export function weightsOfClasses(indices: Tensor, classWeight: ClassWeight): Tensor {
  const entries = Object.entries(classWeight);
  const stray = entries.find(([, weight]) => !(Number.isFinite(weight) && weight >= 0));
  if (stray) fail('classWeight', `the weight of class ${stray[0]} is ${show(stray[1])}; expected a finite number >= 0`);
  if (entries.length === 0) return ones(indices.shape);
  const last = Math.max(...entries.map(([index]) => Number(index)));
  const table = tensor1d(Array.from({ length: last + 1 }, (_, index) => classWeight[index] ?? 1));
  const isNamed = logicalAnd(greaterEqual(indices, 0), lessEqual(indices, last));
  const weights = gather(table, where(isNamed, indices, scalar(0, 'int32')));
  return where(isNamed, weights, 1);
}

/** Weights that align with the leading axes of a loss, multiplied; null is one for all. */
export function together(a: Tensor | null, b: Tensor | null): Tensor | null {
  if (!a || !b) return a ?? b;
  const rank = Math.max(a.rank, b.rank);
  const padded = (x: Tensor): Tensor =>
    reshape(
      x,
      Array.from({ length: rank }, (_, i) => x.shape[i] ?? 1),
    );
  return mul(padded(a), padded(b));
}
