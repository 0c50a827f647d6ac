import type { Tensor } from '@tensorflow/tfjs-core';
import { apart, type Comparing } from './pairDistance.js';
import { type Pairs, pairsOf, pairsWith } from './pairs.js';
import type { ReferenceOptions } from './references.js';

/** All pairs of an example and one of those that it is compared with: the M references, or the batch itself. */
export interface PairMatrix extends Pairs {
  /** How far apart the two of each pair are: a distance, or minus a similarity, `[B, M]`. */
  readonly far: Tensor;
  /** How far those that examples are compared with are from each other, `[M, M]`. */
  readonly between: () => Tensor;
}

/** What a batch consists of; `valid` says which examples count, null: all. */
export interface Batch {
  readonly labels: Tensor;
  readonly embeddings: Tensor;
  readonly valid: Tensor | null;
}

/** The pairs with the references, or without these the pairs of a batch, of which an example makes none with itself. */
export function pairMatrix(
  who: string,
  { labels, embeddings, valid }: Batch,
  options: Comparing & Partial<ReferenceOptions>,
): PairMatrix {
  const references = (options.references ?? null) as Tensor | null;
  if (references === null) {
    const far = apart(who, embeddings, embeddings, options);
    return { far, between: () => far, ...pairsOf(labels, valid, false) };
  }
  return {
    far: apart(who, embeddings, references, options),
    between: () => apart(who, references, references, options),
    ...pairsWith(labels, options.referenceLabels as Tensor, valid),
  };
}
