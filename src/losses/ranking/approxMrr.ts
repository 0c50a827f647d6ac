import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { normalized } from '../../numerics/normalized.js';
import { ratio } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { neg } from '../../tfjs/ops.js';
import { approximateRankOptions, type ApproximateRankOptions, approximateRanks } from './common/approximateRanks.js';
import { ofRelevantLists } from './common/relevantLists.js';

/**
 * Approximate mean reciprocal rank of ranked lists, negative: −Σᵢ y_i ÷ r_i, divided by Σᵢ y_i, with labels y, how relevant
 * an item is, predictions s, its score, and approximate ranks r_i = ½ + Σ_j σ((s_j − s_i) ÷ T), σ the logistic function and j
 * each item of the list, i too.
 *
 * Shapes `(...,L),(...,L)->(...,L)->(...)`; a mask removes items. Without unit, from −1 to 0.
 *
 * Items with a negative label are padding, and removed too. A list without a label above 0 is 0 and does not count.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Qin et al. (2010), doi:10.1007/s10791-009-9124-x; TensorFlow Ranking `ApproxMRRLoss`.
 * @example approxMrr([[1, 0, -1]], [[2, 2, 5]]) // [-0.6667]
 * @function
 */
export const approxMrr: Loss<ApproximateRankOptions> = /* @__PURE__ */ defineLoss<ApproximateRankOptions>({
  name: 'approxMrr',
  aliases: { mrr: {}, meanReciprocalRank: {} },
  signature: '(...,L),(...,L)->(...,L)->(...)',
  domains: [relevance, real],
  options: approximateRankOptions,
  formula: (lists, { temperature }, valid) =>
    ofRelevantLists(lists, valid, ({ y, s, isItem }) =>
      neg(sum(ratio(normalized(y), approximateRanks(s, isItem, temperature)), -1)),
    ),
});
