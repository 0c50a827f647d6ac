import { greaterEqual, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { isOnHost } from '../../../call/argument.js';
import { constant } from '../../../numerics/autodiff.js';
import { type Parts, rowsOfBlock } from '../../../numerics/inBlocks.js';
import { expandDims, reshape } from '../../../tfjs/ops.js';
import type { PairMatrix } from './pairMatrix.js';
import { entryOf, isAt, rowOf } from './selection.js';

/** Some anchors, one a row, their K positives and M candidates for negatives. */
export interface Anchors {
  /** Distances from the positives, `[rows, K]`. */
  readonly near: Tensor;
  readonly isPositive: Tensor;
  /** Distances from the candidates, `[rows, M]`. */
  readonly far: Tensor;
  readonly isNegative: Tensor;
  /** Distances of the positives from the candidates, which broadcast to `[rows, K, M]`; null where they do not count. */
  readonly between: Tensor | null;
}

/** Anchors to be taken some rows at a time. */
export interface AnchorParts {
  readonly parts: Parts;
  readonly rows: number;
  readonly anchors: (parts: Parts) => Anchors;
}

/** Each example an anchor, with all others as candidates for positives too: K = M. */
export function allAnchors({ far, isPositive, isNegative }: PairMatrix, between: Tensor | null): AnchorParts {
  return {
    parts: { own: [far, isPositive, isNegative], shared: between ? [between] : [] },
    rows: rowsOf(far.shape[1] ?? 0, far),
    anchors: ({ own, shared: [table] }) => {
      const [some, isPositive, isNegative] = own as [Tensor, Tensor, Tensor];
      return { near: some, isPositive, far: some, isNegative, between: table ? expandDims(table, 0) : null };
    },
  };
}

/** The same with K as small as the labels allow, where they can be read for free. The order of positives is that of places. */
export function fewAnchors(pairs: PairMatrix, between: Tensor | null): AnchorParts {
  if (!isOnHost()) return allAnchors(pairs, between);
  const { far, isNegative } = pairs;
  const [, candidates = 0] = far.shape;
  const places = constant(() => placesOf(pairs.isPositive));
  const [, positives = 0] = places.shape;
  return {
    parts: { own: [far, isNegative, places], shared: between ? [between] : [] },
    rows: rowsOf(positives, far),
    anchors: ({ own, shared: [table] }) => {
      const [some, isNegative, places] = own as [Tensor, Tensor, Tensor];
      const isThere = constant(() => isAt(places, candidates));
      const flat = constant(() => reshape(isThere, [-1, candidates]));
      return {
        near: entryOf(expandDims(some, 1), isThere),
        isPositive: constant(() => greaterEqual(places, 0)),
        far: some,
        isNegative,
        between: table ? reshape(rowOf(table, flat), isThere.shape) : null,
      };
    },
  };
}

/** The places of those of each row that are true, `[rows, K]`, and −1 behind them. */
function placesOf(isPositive: Tensor): Tensor {
  const [rows = 0, candidates = 0] = isPositive.shape;
  const values = isPositive.dataSync();
  const found = Array.from({ length: rows }, (_, i) => {
    const row = values.subarray(i * candidates, (i + 1) * candidates);
    return Array.from(row.keys()).filter((j) => row[j] !== 0);
  });
  const most = found.reduce((count, { length }) => Math.max(count, length), 1);
  const padded = found.map((places) => [...places, ...new Array<number>(most - places.length).fill(-1)]);
  return tensor2d(padded.flat(), [rows, most], 'int32');
}

/** How many anchors are taken at a time: tensors have an entry for each of their triplets. */
const rowsOf = (positives: number, { shape: [, candidates = 0] }: Tensor): number =>
  rowsOfBlock(positives * candidates);
