import type { Tensor } from '@tensorflow/tfjs-core';
import type { Unreduced } from '../../../definition/definition.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant, dependingOn } from '../../../numerics/autodiff.js';
import { mulNoNan } from '../../../numerics/functions.js';
import { cast, where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { div, reshape, sub } from '../../../tfjs/ops.js';
import { lambdaOptions, type LambdaOptions, lambdaWeights } from './lambdaWeights.js';
import { asLists, itemsOf, type Lists, ofPairs, ranksAbove, scoreOptions, type ScoreOptions } from './lists.js';

export interface PairwiseOptions extends ScoreOptions, LambdaOptions {}

export const pairwiseOptions: OptionSchema<PairwiseOptions> = { ...scoreOptions, ...lambdaOptions };

/**
 * Of each item i the sum over the items j that it is to rank above, y_i > y_j, of a loss of the difference of their scores,
 * (s_i − s_j) ÷ T.
 */
export function pairwise(
  lossOf: (difference: Tensor) => Tensor,
  lists: Lists,
  options: PairwiseOptions,
  valid: Tensor | null,
): Unreduced {
  const { labels, predictions } = lists;
  const isItem = itemsOf(labels, valid);
  const isPair = ranksAbove(asLists(labels), asLists(isItem));
  const difference = where(isPair, ofPairs(sub, asLists(predictions)), 0);
  const losses = lossOf(div(difference, options.temperature));
  const { values, ...rest } = sumsOverPairs(losses, { isPair, isItem }, lists, options);
  return { values: dependingOn(values, labels), ...rest };
}

/**
 * Of each item i the sum over its pairs with items j of losses `[N, L, L]`, each times what the pair counts. The item counts
 * by itself as much as its pairs do.
 */
export function sumsOverPairs(
  losses: Tensor,
  { isPair, isItem }: Readonly<Record<'isPair' | 'isItem', Tensor>>,
  { labels, predictions }: Lists,
  options: LambdaOptions,
): Unreduced {
  const ofItems = (pairs: Tensor): Tensor => reshape(sum(pairs, -1), labels.shape);
  const { lambdaWeight } = options;
  if (lambdaWeight === null) {
    return {
      values: ofItems(where(isPair, losses, 0)),
      ownWeight: constant(() => ofItems(cast(isPair, 'float32'))),
      valid: isItem,
    };
  }
  const [y, scores, areItems] = [labels, predictions, isItem].map(asLists) as [Tensor, Tensor, Tensor];
  const weights = constant(() =>
    where(isPair, lambdaWeights(lambdaWeight, { labels: y, scores, isItem: areItems }, options), 0),
  );
  return { values: ofItems(mulNoNan(weights, losses)), ownWeight: constant(() => ofItems(weights)), valid: isItem };
}
