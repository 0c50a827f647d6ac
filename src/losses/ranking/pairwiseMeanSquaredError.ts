import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { where } from '../../numerics/portable.js';
import { notEqual, square, sub } from '../../tfjs/ops.js';
import { lambdaConflict, lambdaOptions, type LambdaOptions } from './common/lambdaWeights.js';
import { pairFormulas, pairwise } from './common/pairwise.js';

/**
 * Pairwise squared error of ranked lists: of each item i the sum Σ_j ((s_i − s_j) − (y_i − y_j))² over the other items j of
 * its list, with labels y, how relevant an item is, and predictions s, its score.
 *
 * Shapes `(...,L),(...,L)->(...,L)`; a mask removes items. In the squared units of the labels.
 *
 * Items with a negative label are padding, and removed too. An item without others is 0 and counts.
 * `reduction: 'weightedMean'` divides by the number, or the weights, of pairs. With `lambdaWeight` pairs count by what a
 * metric makes of them.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Pasumarthi et al. (2019), doi:10.1145/3292500.3330677; keras-rs `PairwiseMeanSquaredError`, TensorFlow Ranking
 * `PairwiseMSELoss`.
 * @example pairwiseMeanSquaredError([[1, 0, -1]], [[2, 2, 5]], { reduction: 'none' }) // [[1, 1, 0]]
 * @function
 */
export const pairwiseMeanSquaredError: Loss<LambdaOptions> = /* @__PURE__ */ defineLoss<LambdaOptions>({
  name: 'pairwiseMeanSquaredError',
  aliases: { pairwiseMse: {} },
  signature: '(...,L),(...,L)->(...,L)',
  domains: [relevance, real],
  options: lambdaOptions,
  check: lambdaConflict,
  formula: (lists, options, valid) => pairwise(formulas, {}, lists, options, valid),
});

const formulas = /* @__PURE__ */ pairFormulas<object>({
  isPair: (first, second) => notEqual(first.places, second.places),
  parts: [
    (first, second, isPair) => {
      const apart = (x: Tensor, y: Tensor): Tensor => where(isPair, sub(x, y), 0);
      return square(sub(apart(first.scores, second.scores), apart(first.labels, second.labels)));
    },
  ],
});
