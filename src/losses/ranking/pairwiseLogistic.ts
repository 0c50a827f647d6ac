import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { neg } from '../../tfjs/ops.js';
import { lambdaConflict } from './common/lambdaWeights.js';
import { differenceFormulas, pairwise, pairwiseOptions, type PairwiseOptions } from './common/pairwise.js';
import type { ScoreOptions } from './common/lists.js';

/**
 * Pairwise logistic loss of ranked lists (RankNet): of each item i the sum Σ_j ln(1 + e^{−(s_i − s_j) ÷ T}) over the items j
 * of its list that are less relevant, y_i > y_j, with labels y, how relevant an item is, and predictions s, its score.
 *
 * Shapes `(...,L),(...,L)->(...,L)`; a mask removes items. In nats. The derivative for labels is 0.
 *
 * Items with a negative label are padding, and removed too. An item above no other is 0 and counts.
 * `reduction: 'weightedMean'` divides by the number, or the weights, of pairs. With `lambdaWeight` pairs count by what a
 * metric makes of them, as in LambdaRank and LambdaLoss.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Burges et al. (2005), doi:10.1145/1102351.1102363; Wang et al. (2018), doi:10.1145/3269206.3271784;
 * keras-rs and TensorFlow Ranking `PairwiseLogisticLoss`.
 * @example pairwiseLogistic([[1, 0, -1]], [[2, 2, 5]], { reduction: 'none' }) // [[0.6931, 0, 0]]
 * @function
 */
export const pairwiseLogistic: Loss<PairwiseOptions> = /* @__PURE__ */ defineLoss<PairwiseOptions>({
  name: 'pairwiseLogistic',
  aliases: {
    ranknet: {},
    lambdaRank: { lambdaWeight: 'ndcg', smoothFraction: 1 },
    lambdaLoss: { lambdaWeight: 'ndcg' },
  },
  signature: '(...,L),(...,L)->(...,L)',
  domains: [relevance, real],
  options: pairwiseOptions,
  check: lambdaConflict,
  formula: (lists, options, valid) => pairwise(formulas, { temperature: options.temperature }, lists, options, valid),
});

const formulas = /* @__PURE__ */ differenceFormulas<ScoreOptions>((difference) => softplus(neg(difference)));
