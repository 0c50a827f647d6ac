import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { margin } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { sub } from '../../tfjs/ops.js';
import { lambdaConflict } from './common/lambdaWeights.js';
import { differenceFormulas, pairwise, pairwiseOptions, type PairwiseOptions } from './common/pairwise.js';

export interface PairwiseHingeOptions extends PairwiseOptions {
  /** How far the score of an item is to lie above that of a less relevant one, once they are divided. Default 1. */
  readonly margin: number;
}

/**
 * Pairwise hinge loss of ranked lists: of each item i the sum Σ_j max(0, m − (s_i − s_j) ÷ T) over the items j of its list
 * that are less relevant, y_i > y_j, with labels y, how relevant an item is, and predictions s, its score.
 *
 * Shapes `(...,L),(...,L)->(...,L)`; a mask removes items. In the units of the scores. The derivative for labels is 0.
 *
 * Items with a negative label are padding, and removed too. An item above no other is 0 and counts.
 * `reduction: 'weightedMean'` divides by the number, or the weights, of pairs. With `lambdaWeight` pairs count by what a
 * metric makes of them.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Joachims (2002), doi:10.1145/775047.775067; keras-rs and TensorFlow Ranking `PairwiseHingeLoss`.
 * @example pairwiseHinge([[1, 0, -1]], [[2, 1.5, 5]], { reduction: 'none' }) // [[0.5, 0, 0]]
 * @function
 */
export const pairwiseHinge: Loss<PairwiseHingeOptions> = /* @__PURE__ */ defineLoss<PairwiseHingeOptions>({
  name: 'pairwiseHinge',
  signature: '(...,L),(...,L)->(...,L)',
  domains: [relevance, real],
  options: { ...pairwiseOptions, margin: [1, margin] },
  check: lambdaConflict,
  formula: (lists, options, valid) =>
    pairwise(formulas, { temperature: options.temperature, margin: options.margin }, lists, options, valid),
});

const formulas = /* @__PURE__ */ differenceFormulas<Pick<PairwiseHingeOptions, 'temperature' | 'margin'>>(
  (difference, { margin }) => relu(sub(margin, difference)),
);
