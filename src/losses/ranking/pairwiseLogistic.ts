import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { neg } from '../../tfjs/ops.js';
import { scoreOptions, type ScoreOptions } from './common/lists.js';
import { pairwise } from './common/pairwise.js';

/**
 * Pairwise logistic loss of ranked lists (RankNet): of each item i the sum Σ_j ln(1 + e^{−(s_i − s_j) ÷ T}) over the items j
 * of its list that are less relevant, y_i > y_j, with labels y, how relevant an item is, and predictions s, its score.
 *
 * Shapes `(...,L),(...,L)->(...,L)`; a mask removes items. In nats. The derivative for labels is 0.
 *
 * Items with a negative label are padding, and removed too. An item above no other is 0 and counts.
 * `reduction: 'weightedMean'` divides by the number, or the weights, of pairs.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Burges et al. (2005), doi:10.1145/1102351.1102363; keras-rs and TensorFlow Ranking `PairwiseLogisticLoss`.
 * @example pairwiseLogistic([[1, 0, -1]], [[2, 2, 5]], { reduction: 'none' }) // [[0.6931, 0, 0]]
 * @function
 */
export const pairwiseLogistic: Loss<ScoreOptions> = /* @__PURE__ */ defineLoss<ScoreOptions>({
  name: 'pairwiseLogistic',
  aliases: { ranknet: {} },
  signature: '(...,L),(...,L)->(...,L)',
  domains: [relevance, real],
  options: scoreOptions,
  formula: (lists, options, valid) => pairwise((difference) => softplus(neg(difference)), lists, options, valid),
});
