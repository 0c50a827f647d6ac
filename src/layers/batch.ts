import { mul, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { noteFactors } from './classWeighing.js';
import type { ClassWeight } from './classWeights.js';
import type { InnerModel } from './internals.js';

/** A batch as the steps of training and evaluation get it, by outputs. */
export interface Batch {
  readonly inputs: readonly Tensor[];
  readonly labels: readonly Tensor[];
  readonly weights: readonly (Tensor | null)[];
}

/**
 * A batch out of what tfjs hands to a step: inputs, labels, and weights, of which there may be several for an output. With
 * weights of classes, by output, the last of them are those of the class of each label.
 */
export function batchOf(
  model: InnerModel,
  data: readonly (Tensor | null)[],
  ofClasses: readonly (ClassWeight | null)[] = [],
): Batch {
  const all = data.filter((x) => x !== null);
  const [first, count] = [model.inputs.length, model.outputs.length];
  const labels = all.slice(first, first + count);
  const rest = all.slice(first + count);
  const weights = labels.map((_, i) => {
    const own = rest.filter((__, j) => j % count === i);
    const table = ofClasses[i] ?? null;
    const product = own.reduce<Tensor | null>(together, null);
    if (product && table) {
      noteFactors(product, { examples: own.slice(0, -1).reduce<Tensor | null>(together, null), ofClasses: table });
    }
    return product;
  });
  return { inputs: all.slice(0, first), labels, weights };
}

/** Weights that align with the leading axes of a loss, multiplied; null is one for all. */
function together(a: Tensor | null, b: Tensor | null): Tensor | null {
  if (!a || !b) return a ?? b;
  const rank = Math.max(a.rank, b.rank);
  const padded = (x: Tensor): Tensor =>
    reshape(
      x,
      Array.from({ length: rank }, (_, i) => x.shape[i] ?? 1),
    );
  return mul(padded(a), padded(b));
}
