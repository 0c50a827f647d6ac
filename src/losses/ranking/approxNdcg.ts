import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { log1p } from '../../numerics/log1p.js';
import { where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { max, neg } from '../../tfjs/ops.js';
import { approximateRankOptions, type ApproximateRankOptions, approximateRanks } from './common/approximateRanks.js';
import { gainsOf } from './common/gains.js';
import { ranksBy } from './common/lists.js';
import { ofRelevantLists } from './common/relevantLists.js';

/**
 * Approximate NDCG loss of ranked lists: −Σᵢ (2^{y_i} − 1) ÷ ln(1 + r_i), divided by what the best order has in place of the
 * sum, with labels y, how relevant an item is, predictions s, its score, and approximate ranks
 * r_i = ½ + Σ_j σ((s_j − s_i) ÷ T), σ the logistic function and j each item of the list, i too.
 *
 * Shapes `(...,L),(...,L)->(...,L)->(...)`; a mask removes items. Without unit, from −1 to 0.
 *
 * Items with a negative label are padding, and removed too. A list without a label above 0 is 0 and does not count.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Qin et al. (2010), doi:10.1007/s10791-009-9124-x; Bruch et al. (2019), doi:10.1145/3331184.3331347; TensorFlow
 * Ranking `ApproxNDCGLoss`.
 * @example approxNdcg([[1, 0, -1]], [[2, 2, 5]]) // [-0.7565]
 * @function
 */
export const approxNdcg: Loss<ApproximateRankOptions> = /* @__PURE__ */ defineLoss<ApproximateRankOptions>({
  name: 'approxNdcg',
  signature: '(...,L),(...,L)->(...,L)->(...)',
  domains: [relevance, real],
  options: approximateRankOptions,
  formula: (lists, { temperature }, valid) =>
    ofRelevantLists(lists, valid, ({ y, s, isItem, isRelevant }) => {
      const largest = constant(() => max(y, -1, true));
      const gains = gainsOf(y, largest);
      const gained = cumulated(gains, approximateRanks(s, isItem, temperature));
      const best = cumulated(gains, ranksBy(y, isItem));
      return neg(ratio(gained, where(isRelevant, best, 1)));
    }),
});

/** Σ gain ÷ ln(1 + rank). */
const cumulated = (gains: Tensor, ranks: Tensor): Tensor => sum(ratio(gains, log1p(ranks)), -1);
