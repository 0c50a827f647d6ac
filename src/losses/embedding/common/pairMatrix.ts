import type { Tensor } from '@tensorflow/tfjs-core';
import { apart } from './pairDistance.js';
import type { PairOptions } from './pairOptions.js';
import { type Pairs, pairsOf } from './pairs.js';

/** All pairs of a batch. */
export interface PairMatrix extends Pairs {
  /** How far apart the two of each pair are: a distance, or minus a similarity, `[B, B]`. */
  readonly far: Tensor;
}

/** What a batch consists of; `valid` says which examples count, null: all. */
export interface Batch {
  readonly labels: Tensor;
  readonly embeddings: Tensor;
  readonly valid: Tensor | null;
}

/** The pairs of a batch, of which an example makes none with itself. */
export const pairMatrix = (who: string, { labels, embeddings, valid }: Batch, options: PairOptions): PairMatrix => ({
  far: apart(who, embeddings, embeddings, options),
  ...pairsOf(labels, valid, false),
});
