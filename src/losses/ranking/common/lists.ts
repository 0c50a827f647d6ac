import { logicalOr, type Tensor } from '@tensorflow/tfjs-core';
import { temperature } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { ofEntries } from '../../../call/pairsOfEntries.js';
import { constant } from '../../../numerics/autodiff.js';
import { placesIn } from '../../../numerics/entryAt.js';
import { areBoth, cast, lowest, where } from '../../../numerics/portable.js';
import { columnsOf } from '../../../numerics/columns.js';
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
    return valid ? areBoth(ofRank(valid, labels.rank), hasLabel) : hasLabel;
  });

/** Lists one below the other, `[N, L]`: pairs of items take one more axis, and no backend has more than six. */
export const asLists = (x: Tensor): Tensor => reshape(x, [-1, x.shape.at(-1) ?? 1]);

/** A function of all pairs `[N, L, L]` of items i and j: of what lists `[N, L]` say of i, and others of j. */
export function ofPairs(f: (a: Tensor, b: Tensor) => Tensor, ofFirst: Tensor, ofSecond = ofFirst): Tensor {
  const [lists = 0, length = 0] = ofFirst.shape;
  const shape = [lists, length, length];
  return f(stretch(expandDims(ofFirst, 2), shape), stretch(expandDims(ofSecond, 1), shape));
}

/** What is true of pairs `[N, L, L]`, by what is true of their items `[N, L]`. */
export const ofBoth = (f: (a: Tensor, b: Tensor) => Tensor, isTrue: Tensor): Tensor =>
  f(expandDims(isTrue, 2), expandDims(isTrue, 1));

/** Entries of lists `[N, L]` as formulas of pairs compare them. */
export interface Entries {
  /** A number of each entry that no comparison with another is true of if it is padding. */
  readonly numbers: Tensor;
  readonly places: Tensor;
}

/** Entries as the first of pairs; those of padding are below all others. */
export const asFirst = (numbers: Tensor, isItem: Tensor): Tensor => constant(() => where(isItem, numbers, lowest()));

/** Entries as the second of pairs; those of padding are above all others. */
export const asSecond = (numbers: Tensor, isItem: Tensor): Tensor => constant(() => where(isItem, numbers, -lowest()));

/** Whether the second is not to rank above the first: it has a lower label, or the same and a later place, or is the same. */
export function isNoHigher(first: Entries, second: Entries): Tensor {
  const isLater = logicalAnd(equal(first.numbers, second.numbers), less(first.places, second.places));
  return logicalOr(logicalOr(less(second.numbers, first.numbers), isLater), equal(first.places, second.places));
}

/** The rank of each item by numbers such as labels, from 1, equal ones in the order of the list. */
export const ranksBy = (numbers: Tensor, isItem: Tensor): Tensor =>
  constant(() =>
    ofEntries(
      ranks,
      {},
      {
        own: [asSecond(numbers, isItem), placesIn(numbers)],
        others: [asFirst(numbers, isItem)],
      },
    ),
  );

const ranks = {
  gives: 'rows',
  compute: ([others, own, place]: readonly Tensor[]): Tensor => {
    const first = { numbers: others as Tensor, places: columnsOf(others as Tensor) };
    return sum(cast(isNoHigher(first, { numbers: own as Tensor, places: place as Tensor }), 'float32'), -1);
  },
} as const;
