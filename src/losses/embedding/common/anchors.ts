import { greaterEqual, tensor1d, tensor2d, type Tensor } from '@tensorflow/tfjs-core';
import { isOnHost, mayDecide } from '../../../numerics/host.js';
import { constant } from '../../../numerics/autodiff.js';
import { type Parts, rowsOfBlock } from '../../../numerics/inBlocks.js';
import { rowsOf } from '../../../numerics/rowsOf.js';
import { expandDims, reshape } from '../../../tfjs/ops.js';
import type { PairRows } from './pairMatrix.js';

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
export function allAnchors(rows: PairRows): AnchorParts {
  const { isPositive, pairs } = rows;
  return {
    parts: withTable(rows),
    rows: rowsAtOnce(isPositive.shape[1] ?? 0, isPositive),
    anchors: (parts) => {
      const { far, isPositive, isNegative } = pairs(parts);
      const table = tableOf(rows, parts);
      return { near: far, isPositive, far, isNegative, between: table && expandDims(table, 0) };
    },
  };
}

/** So many triplets are computed sooner than those are found that count. */
const FEW = 2 ** 15;

/** The same with K as small as the labels allow, where they can be read for free. The order of positives is that of places. */
export function fewAnchors(rows: PairRows): AnchorParts {
  const { isPositive, pairs } = rows;
  const [count = 0, others = 0] = isPositive.shape;
  if (!isOnHost() || (!mayDecide() && count * others * others <= FEW)) return allAnchors(rows);
  const [, candidates = 0] = isPositive.shape;
  const places = constant(() => placesOf(isPositive));
  const [, positives = 0] = places.shape;
  const { own, shared } = withTable(rows);
  return {
    parts: { own: [...own, places], shared },
    rows: rowsAtOnce(positives, isPositive),
    anchors: (parts) => {
      const { far, isNegative } = pairs(parts);
      const places = parts.own.at(-1) as Tensor;
      const [anchors = 0] = places.shape;
      const found = places.dataSync();
      const among = (start: (row: number) => number): Tensor =>
        constant(() => tensor1d(Int32Array.from(found, (j, i) => start(Math.floor(i / positives)) + Math.max(j, 0))));
      const ofPairs = among((row) => row * candidates);
      const table = tableOf(rows, parts);
      return {
        near: reshape(rowsOf(reshape(far, [-1]), ofPairs), [anchors, positives]),
        isPositive: constant(() => greaterEqual(places, 0)),
        far,
        isNegative,
        between:
          table &&
          reshape(
            rowsOf(
              table,
              among(() => 0),
            ),
            [anchors, positives, candidates],
          ),
      };
    },
  };
}

/** What all rows have in common, with the distances between those that anchors are compared with. */
const withTable = ({ parts: { own, shared }, between }: PairRows): Parts => ({
  own,
  shared: between ? [...shared, between] : shared,
});

/** These distances, of some rows; null where they do not count. */
export const tableOf = ({ between }: PairRows, { shared }: Parts): Tensor | null =>
  between ? (shared.at(-1) as Tensor) : null;

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
const rowsAtOnce = (positives: number, { shape: [, candidates = 0] }: Tensor): number =>
  rowsOfBlock(positives * candidates);

/** How many anchors are taken at a time if tensors have an entry for each of their pairs. */
export const rowsOfPairs = ({ isPositive }: PairRows): number => rowsOfBlock(isPositive.shape[1] ?? 0);
