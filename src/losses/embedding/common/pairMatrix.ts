import type { Tensor } from '@tensorflow/tfjs-core';
import type { Parts } from '../../../numerics/inBlocks.js';
import { apart, type Comparing } from './pairDistance.js';
import { type Pairs, pairsOf, pairsWith } from './pairs.js';
import type { ReferenceOptions } from './references.js';

/** All pairs of an example and one of those that it is compared with: the M references, or the batch itself. */
export interface PairMatrix extends Pairs {
  /** How far apart the two of each pair are: a distance, or minus a similarity, `[B, M]`. */
  readonly far: Tensor;
}

/** The pairs of a batch, to be made of some of its examples at a time. */
export interface PairRows extends Pairs {
  readonly parts: Parts;
  readonly pairs: (parts: Parts) => PairMatrix;
  /** How far those that examples are compared with are from each other, `[M, M]`; null if that is not wanted. */
  readonly between: Tensor | null;
}

/** What a batch consists of; `valid` says which examples count, null: all. */
export interface Batch {
  readonly labels: Tensor;
  readonly embeddings: Tensor;
  readonly valid: Tensor | null;
}

type PairingOptions = Comparing & Partial<ReferenceOptions>;

/** The pairs with the references, or without these the pairs of a batch, of which an example makes none with itself. */
export function pairMatrix(who: string, batch: Batch, options: PairingOptions): PairMatrix {
  const { parts, pairs } = pairRows(who, batch, options, false);
  return pairs(parts);
}

/** The same, some examples at a time. */
export function pairRows(
  who: string,
  { labels, embeddings, valid }: Batch,
  options: PairingOptions,
  wantsBetween: boolean,
): PairRows {
  const references = (options.references ?? null) as Tensor | null;
  const others = references ?? embeddings;
  const { isPositive, isNegative } = references
    ? pairsWith(labels, options.referenceLabels as Tensor, valid)
    : pairsOf(labels, valid, false);
  const ofRows = (own: readonly Tensor[], far: Tensor): PairMatrix => ({
    far,
    isPositive: own[1] as Tensor,
    isNegative: own[2] as Tensor,
  });
  // A function may have variables, for which blocks have no derivatives.
  if (typeof options.distance === 'function' || (wantsBetween && !references)) {
    const far = apart(who, embeddings, others, options);
    const between = references ? () => apart(who, references, references, options) : () => far;
    return {
      isPositive,
      isNegative,
      parts: { own: [far, isPositive, isNegative], shared: [] },
      pairs: ({ own }) => ofRows(own, own[0] as Tensor),
      between: wantsBetween ? between() : null,
    };
  }
  return {
    isPositive,
    isNegative,
    parts: { own: [embeddings, isPositive, isNegative], shared: [others] },
    pairs: ({ own, shared: [all] }) => ofRows(own, apart(who, own[0] as Tensor, all as Tensor, options)),
    between: wantsBetween ? apart(who, others, others, options) : null,
  };
}
