import type { Tensor } from '@tensorflow/tfjs-core';
import type { Unreduced } from '../../../definition/definition.js';
import { constant, dependingOn } from '../../../numerics/autodiff.js';
import { cast, where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { div, reshape, sub } from '../../../tfjs/ops.js';
import { asLists, itemsOf, ofPairs, ranksAbove, type ScoreOptions } from './lists.js';

/** The inputs of a formula of lists. */
interface Lists {
  readonly labels: Tensor;
  readonly predictions: Tensor;
}

/**
 * Of each item i the sum over the items j that it is to rank above, y_i > y_j, of a loss of the difference of their scores,
 * (s_i − s_j) ÷ T. An item counts by itself as often as it makes a pair.
 */
export function pairwise(
  lossOf: (difference: Tensor) => Tensor,
  { labels, predictions }: Lists,
  { temperature }: ScoreOptions,
  valid: Tensor | null,
): Unreduced {
  const isItem = itemsOf(labels, valid);
  const isPair = ranksAbove(asLists(labels), asLists(isItem));
  const difference = where(isPair, ofPairs(sub, asLists(predictions)), 0);
  const losses = where(isPair, lossOf(div(difference, temperature)), 0);
  const ofItems = (pairs: Tensor): Tensor => reshape(sum(pairs, -1), labels.shape);
  return {
    values: dependingOn(ofItems(losses), labels),
    ownWeight: constant(() => ofItems(cast(isPair, 'float32'))),
    valid: isItem,
  };
}
