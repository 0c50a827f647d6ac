import { greater, lessEqual, logicalOr, type Tensor } from '@tensorflow/tfjs-core';
import type { Unreduced } from '../../../definition/definition.js';
import { constant } from '../../../numerics/autodiff.js';
import { minimum } from '../../../numerics/functions.js';
import { stretch } from '../../../numerics/sum.js';
import { add, expandDims, logicalAnd, logicalNot, neg, sub } from '../../../tfjs/ops.js';
import type { Anchors } from './anchors.js';
import type { PairMatrix } from './pairMatrix.js';
import { hasAny, type Pairs } from './pairs.js';
import { entryOf, firstLargest, rowOf } from './selection.js';

/** Which triplets count, or what stands for each pair in place of all its negatives. */
export type TripletMining = 'all' | 'hard' | 'semihard' | 'batchHard' | 'batchSemihard';

/** How a triplet's value comes of how much farther its positive is than its negative, plus the margin. */
export interface TripletRule {
  readonly margin: number;
  readonly hinge: (gap: Tensor) => Tensor;
}

/** Along the axis of negatives, and along that of positives. */
const ofNegatives = (x: Tensor): Tensor => expandDims(x, 1);
const ofPositives = (x: Tensor): Tensor => expandDims(x, 2);

/** All triplets of some anchors: each with each positive and each negative, `[rows, K, M]`. */
export function allTriplets(
  anchors: Anchors,
  mining: 'all' | 'hard' | 'semihard',
  { margin, hinge }: TripletRule,
): Unreduced {
  const { near, far, isNegative, isPositive } = anchors;
  const direct = toNegatives(far, near);
  const toPositive = stretch(ofPositives(near), direct.shape);
  return {
    values: hinge(add(sub(toPositive, toNegativesOf(anchors, direct)), margin)),
    valid: constant(() => {
      const all = logicalAnd(ofPositives(isPositive), ofNegatives(isNegative));
      if (mining === 'all') return all;
      const isHard = lessEqual(direct, toPositive);
      if (mining === 'hard') return logicalAnd(all, isHard);
      return logicalAnd(all, logicalAnd(logicalNot(isHard), lessEqual(direct, add(toPositive, margin))));
    }),
  };
}

/** Of each positive the nearest negative that is farther away, or else the farthest: `[rows, K]`. */
export function semihardPairs(anchors: Anchors, { margin, hinge }: TripletRule): Unreduced {
  const { near, far, isNegative, isPositive } = anchors;
  const direct = toNegatives(far, near);
  const isChosen = constant(() => {
    const all = logicalAnd(ofPositives(isPositive), ofNegatives(isNegative));
    const isFarther = logicalAnd(all, greater(direct, ofPositives(near)));
    const isFarthest = logicalAnd(firstLargest(direct, all), logicalNot(ofPositives(hasAny(isFarther))));
    return logicalOr(firstLargest(neg(direct), isFarther), isFarthest);
  });
  return {
    values: hinge(add(sub(near, entryOf(toNegativesOf(anchors, direct), isChosen)), margin)),
    valid: isPaired(anchors),
  };
}

/** Which positives are those of an anchor that has a negative. */
export const isPaired = ({ isPositive, isNegative }: Pairs): Tensor =>
  constant(() => logicalAnd(isPositive, ofNegatives(hasAny(isNegative))));

/** Of each anchor the farthest positive and the nearest negative, `[rows]`, and a table of distances between these. */
export function hardestPairs(
  { far, isPositive, isNegative }: PairMatrix,
  table: Tensor | null,
  { margin, hinge }: TripletRule,
): Tensor {
  const isFarthest = constant(() => firstLargest(far, isPositive));
  const isNearest = constant(() => firstLargest(neg(far), isNegative));
  const direct = entryOf(far, isNearest);
  const toNegative = table ? minimum(direct, entryOf(rowOf(table, isFarthest), isNearest)) : direct;
  return hinge(add(sub(entryOf(far, isFarthest), toNegative), margin));
}

/** Which anchors have a positive and a negative, `[B]`. */
export const haveBoth = ({ isPositive, isNegative }: Pairs): Tensor =>
  constant(() => logicalAnd(hasAny(isPositive), hasAny(isNegative)));

/** The distances of anchors from negatives, for each positive: `[rows, K, M]`. */
const toNegatives = (far: Tensor, { shape: [rows = 0, positives = 0] }: Tensor): Tensor =>
  stretch(ofNegatives(far), [rows, positives, far.shape[1] ?? 0]);

/** The same, or with `between` those of the positives from negatives where these are smaller. */
const toNegativesOf = ({ between }: Anchors, direct: Tensor): Tensor =>
  between ? minimum(direct, stretch(between, direct.shape)) : direct;
