import { greater, lessEqual, logicalOr, relu, type Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, type RowFormula } from '../../../call/pairsOfEntries.js';
import type { SummedValues, Unreduced } from '../../../definition/definition.js';
import { constant } from '../../../numerics/autodiff.js';
import { minimum, softplus } from '../../../numerics/functions.js';
import { areBoth, cast, where } from '../../../numerics/portable.js';
import { stretch, sum } from '../../../numerics/sum.js';
import { add, expandDims, logicalAnd, logicalNot, neg, notEqual, sub } from '../../../tfjs/ops.js';
import type { Anchors } from './anchors.js';
import type { PairMatrix } from './pairMatrix.js';
import { hasAny, type Pairs } from './pairs.js';
import { entryOf, firstLargest, rowOf } from './selection.js';

/** Which triplets count, or what stands for each pair in place of all its negatives. */
export type TripletMining = 'all' | 'hard' | 'semihard' | 'batchHard' | 'batchSemihard';

/** How a triplet's value comes of how much farther its positive is than its negative, plus the margin. */
export interface TripletRule {
  readonly margin: number;
  /** ln(1 + eˣ) in place of max(0, x). */
  readonly isSoft: boolean;
}

/** Which of all triplets count. */
export type TripletsMined = 'all' | 'hard' | 'semihard';

/** Along the axis of negatives, and along that of positives. */
const ofNegatives = (x: Tensor): Tensor => expandDims(x, 1);
const ofPositives = (x: Tensor): Tensor => expandDims(x, 2);

/** All triplets of some anchors: each with each positive and each negative, `[rows, K, M]`. */
export function allTriplets(anchors: Anchors, mining: TripletsMined, rule: TripletRule): Unreduced {
  const { near, far, isNegative, isPositive } = anchors;
  const direct = toNegatives(far, near);
  const toPositive = stretch(ofPositives(near), direct.shape);
  return {
    values: valueOf(toPositive, toNegativesOf(anchors, direct), rule),
    valid: constant(() => {
      const all = logicalAnd(ofPositives(isPositive), ofNegatives(isNegative));
      return isMined(all, direct, toPositive, mining, rule);
    }),
  };
}

/** The same, of which only the sums over negatives are there. */
export function sumsOfTriplets(
  { near, far, between, isNegative, isPositive }: Anchors,
  mining: TripletsMined,
  { margin, isSoft }: TripletRule,
): SummedValues {
  const given = {
    own: [near, isPositive],
    others: [far, isNegative],
    apart: between ? [stretch(between, [...near.shape, far.shape[1] ?? 0])] : [],
  };
  const options = { margin, isSoft, mining };
  return {
    sums: ofEntries(sumOfTriplets, options, given),
    counts: () => ofEntries(numberOfTriplets, options, given),
    nonzero: () => ofEntries(numberNotZero, options, given),
  };
}

interface TripletOptions extends TripletRule {
  readonly mining: TripletsMined;
}

type FormulaOfTriplets = RowFormula<TripletOptions>;

/** A formula of the triplets of an anchor and a positive, `[R, M]`. */
/* @__NO_SIDE_EFFECTS__ */
const ofNegativesOf = (compute: (values: () => Tensor, isCounted: Tensor) => Tensor): FormulaOfTriplets => ({
  gives: 'rows',
  compute: (tensors, { mining, ...rule }) => {
    const [direct, isNegative] = tensors as [Tensor, Tensor];
    const [near, isPositive] = tensors.slice(-2) as [Tensor, Tensor];
    const [between = null] = tensors.slice(2, -2);
    const toPositive = stretch(near, direct.shape);
    const isCounted = constant(() => {
      const all = logicalAnd(notEqual(isPositive, 0), notEqual(isNegative, 0));
      return isMined(all, direct, toPositive, mining, rule);
    });
    return compute(() => valueOf(toPositive, between ? minimum(direct, between) : direct, rule), isCounted);
  },
});

const sumOfTriplets = /* @__PURE__ */ ofNegativesOf((values, isCounted) => sum(where(isCounted, values(), 0), -1));

const numberOfTriplets = /* @__PURE__ */ ofNegativesOf((_, isCounted) => sum(cast(isCounted, 'float32'), -1));

const numberNotZero = /* @__PURE__ */ ofNegativesOf((values, isCounted) =>
  sum(cast(logicalAnd(isCounted, notEqual(values(), 0)), 'float32'), -1),
);

/** Which of all triplets are mined. */
function isMined(
  all: Tensor,
  toNegative: Tensor,
  toPositive: Tensor,
  mining: TripletsMined,
  { margin }: TripletRule,
): Tensor {
  if (mining === 'all') return all;
  const isHard = lessEqual(toNegative, toPositive);
  if (mining === 'hard') return logicalAnd(all, isHard);
  return logicalAnd(all, logicalAnd(logicalNot(isHard), lessEqual(toNegative, add(toPositive, margin))));
}

/** The values of triplets with these distances. */
const valueOf = (toPositive: Tensor, toNegative: Tensor, { margin, isSoft }: TripletRule): Tensor =>
  (isSoft ? softplus : relu)(add(sub(toPositive, toNegative), margin));

/** Of each positive the nearest negative that is farther away, or else the farthest: `[rows, K]`. */
export function semihardPairs(anchors: Anchors, rule: TripletRule): Unreduced {
  const { near, far, isNegative, isPositive } = anchors;
  const direct = toNegatives(far, near);
  const isChosen = constant(() => {
    const all = logicalAnd(ofPositives(isPositive), ofNegatives(isNegative));
    const isFarther = logicalAnd(all, greater(direct, ofPositives(near)));
    const isFarthest = logicalAnd(firstLargest(direct, all), logicalNot(ofPositives(hasAny(isFarther))));
    return logicalOr(firstLargest(neg(direct), isFarther), isFarthest);
  });
  return {
    values: valueOf(near, entryOf(toNegativesOf(anchors, direct), isChosen), rule),
    valid: isPaired(anchors),
  };
}

/** Which positives are those of an anchor that has a negative. */
export const isPaired = ({ isPositive, isNegative }: Pairs): Tensor =>
  constant(() => areBoth(isPositive, ofNegatives(hasAny(isNegative))));

/** Of each anchor the farthest positive and the nearest negative, `[rows]`, and a table of distances between these. */
export function hardestPairs(
  { far, isPositive, isNegative }: PairMatrix,
  table: Tensor | null,
  rule: TripletRule,
): Tensor {
  const isFarthest = constant(() => firstLargest(far, isPositive));
  const isNearest = constant(() => firstLargest(neg(far), isNegative));
  const direct = entryOf(far, isNearest);
  const toNegative = table ? minimum(direct, entryOf(rowOf(table, isFarthest), isNearest)) : direct;
  return valueOf(entryOf(far, isFarthest), toNegative, rule);
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
