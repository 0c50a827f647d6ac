import type { Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, type RowFormula } from '../../../call/pairsOfEntries.js';
import { temperature } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant } from '../../../numerics/autodiff.js';
import { sigmoid } from '../../../numerics/functions.js';
import { entryAt, isAtPlace, placesIn } from '../../../numerics/entryAt.js';
import { cast, where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { add, div, logicalAnd, logicalNot, mul, notEqual, sub } from '../../../tfjs/ops.js';

/** The option of losses of approximate ranks. */
export interface ApproximateRankOptions {
  /** Divides the differences of scores: the smaller, the closer an approximate rank is to the rank. Default 0.1. */
  readonly temperature: number;
}

export const approximateRankOptions: OptionSchema<ApproximateRankOptions> = { temperature: [0.1, temperature] };

/**
 * 1 + Σ_j σ((s_j − s_i) ÷ T) of scores s of lists `[N, L]`, j each other item. An item and itself would add two derivatives
 * that cancel, and next to them small ones would be lost.
 */
export const approximateRanks = (scores: Tensor, isItem: Tensor, temperature: number): Tensor => {
  const counted = constant(() => cast(isItem, 'float32'));
  return ofEntries(approximateRank, { temperature }, { own: [placesIn(scores)], others: [scores, counted] });
};

const approximateRank: RowFormula<ApproximateRankOptions> = {
  gives: 'rows',
  compute: (tensors, { temperature }) => {
    const [scores, areItems, place] = tensors as [Tensor, Tensor, Tensor];
    const isThere = isAtPlace(place, scores);
    const isOther = constant(() => {
      const areBoth = notEqual(mul(areItems, entryAt(isThere, areItems)), 0);
      return logicalAnd(areBoth, logicalNot(isThere));
    });
    const leads = div(sub(scores, entryAt(isThere, scores)), temperature);
    return add(1, sum(where(isOther, sigmoid(leads), 0), -1));
  },
};
