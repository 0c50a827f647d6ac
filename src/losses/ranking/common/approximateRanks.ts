import type { Tensor } from '@tensorflow/tfjs-core';
import { temperature } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { sigmoid } from '../../../numerics/functions.js';
import { where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { add, div, sub } from '../../../tfjs/ops.js';
import { areOthers, ofPairs } from './lists.js';

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
export function approximateRanks(scores: Tensor, isItem: Tensor, temperature: number): Tensor {
  const leads = div(
    ofPairs((own, other) => sub(other, own), scores),
    temperature,
  );
  return add(1, sum(where(areOthers(isItem), sigmoid(leads), 0), -1));
}
