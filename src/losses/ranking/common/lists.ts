import { logicalOr, range, type Tensor } from '@tensorflow/tfjs-core';
import { temperature } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant } from '../../../numerics/autodiff.js';
import { cast, lowest, where } from '../../../numerics/portable.js';
import { ofRank } from '../../../numerics/positions.js';
import { stretch, sum } from '../../../numerics/sum.js';
import { equal, expandDims, less, logicalAnd, logicalNot, reshape } from '../../../tfjs/ops.js';

/** The option of losses that compare the scores of a list with each other. */
export interface ScoreOptions {
  /** Divides the scores. Default 1. */
  readonly temperature: number;
}

export const scoreOptions: OptionSchema<ScoreOptions> = { temperature: [1, temperature] };

/** The inputs of a formula of lists, `[..., L]`. */
export interface Lists {
  readonly labels: Tensor;
  readonly predictions: Tensor;
}

/** Which entries of lists are items, `[..., L]`: those that count and have no negative label. Others are padding. */
export const itemsOf = (labels: Tensor, valid: Tensor | null): Tensor =>
  constant(() => {
    const hasLabel = logicalNot(less(labels, 0));
    return valid ? logicalAnd(ofRank(valid, labels.rank), hasLabel) : hasLabel;
  });

/** Lists one below the other, `[N, L]`: pairs of items take one more axis, and no backend has more than six. */
export const asLists = (x: Tensor): Tensor => reshape(x, [-1, x.shape.at(-1) ?? 1]);

/** A function of all pairs `[N, L, L]` of items i and j: of what lists `[N, L]` say of i, and others of j. */
export function ofPairs(f: (a: Tensor, b: Tensor) => Tensor, ofFirst: Tensor, ofSecond = ofFirst): Tensor {
  const [lists = 0, length = 0] = ofFirst.shape;
  const shape = [lists, length, length];
  return f(stretch(expandDims(ofFirst, 2), shape), stretch(expandDims(ofSecond, 1), shape));
}

/** The labels of pairs, of which no comparison with padding is true. */
function compareLabels(f: (a: Tensor, b: Tensor) => Tensor, labels: Tensor, isItem: Tensor): Tensor {
  const none = lowest();
  return ofPairs(f, where(isItem, labels, none), where(isItem, labels, -none));
}

/** Whether item i is to rank above item j, by their labels; `[N, L, L]`. */
export const ranksAbove = (labels: Tensor, isItem: Tensor): Tensor =>
  constant(() => compareLabels((a, b) => less(b, a), labels, isItem));

/** Whether an entry is paired with itself; `[N, L, L]`. */
export const isSame = (lists: Tensor): Tensor => constant(() => ofPairs(equal, placesIn(lists)));

/** What is true of pairs `[N, L, L]`, by what is true of their items `[N, L]`. */
export const ofBoth = (f: (a: Tensor, b: Tensor) => Tensor, isTrue: Tensor): Tensor =>
  f(expandDims(isTrue, 2), expandDims(isTrue, 1));

/** Whether two entries are different items; `[N, L, L]`. */
export const areOthers = (isItem: Tensor): Tensor =>
  constant(() => logicalAnd(ofBoth(logicalAnd, isItem), logicalNot(isSame(isItem))));

/**
 * Whether item j ranks no higher than item i by their labels, equal ones in the order of the list; `[N, L, L]`. That is so
 * of each entry and itself, and of no other pair with padding.
 */
export const isNoHigher = (labels: Tensor, isItem: Tensor): Tensor =>
  constant(() => {
    const isLater = logicalAnd(compareLabels(equal, labels, isItem), ofPairs(less, placesIn(labels)));
    return logicalOr(logicalOr(ranksAbove(labels, isItem), isLater), isSame(labels));
  });

/** The rank of each item by numbers such as labels, from 1, equal ones in the order of the list. */
export const ranksBy = (numbers: Tensor, isItem: Tensor): Tensor =>
  constant(() => sum(cast(isNoHigher(numbers, isItem), 'float32'), 1));

/** The place of each entry in its list. */
const placesIn = ({ shape: [lists = 0, length = 0] }: Tensor): Tensor =>
  stretch(reshape(range(0, length, 1, 'float32'), [1, length]), [lists, length]);
