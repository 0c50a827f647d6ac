import { logicalOr, relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { finite, oneOf } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { where } from '../../numerics/portable.js';
import { excessOf, marginsOf, type PairMargins } from './common/pairMargins.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import { pairMatrix } from './common/pairMatrix.js';
import { ofPairs, type PairOptions, pairOptions } from './common/pairOptions.js';

export interface ContrastiveOptions extends PairOptions {
  /** The distance, or similarity, up to which a pair of the same label costs nothing. Default 0. */
  readonly positiveMargin: number;
  /** The distance, or similarity, from which on a pair of different labels costs nothing. Default 1. */
  readonly negativeMargin: number;
  /** The pairs that count: all, those of the same label or those of different labels. Default `'all'`. */
  readonly pairs: 'all' | 'positive' | 'negative';
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Contrastive loss of a batch of embeddings: of each pair i ≠ j with the distance d_ij max(0, d_ij − m₊) if both have the
 * same label, else max(0, m₋ − d_ij). Of similarities s_ij, `'cosine'` and `'dot'`, it is max(0, m₊ − s_ij) and
 * max(0, s_ij − m₋).
 *
 * Shapes `(B),(B,D)->(B)->(B,B)`: one value per pair. In the units of the distance. An example makes no pair with itself:
 * that is 0 under `'none'` and in no mean. With `references` j runs over them: `(B),(B,D)->(B)->(B,M)`.
 *
 * A mask `(B)` removes examples from all pairs; all references count.
 *
 * @throws if the shapes do not fit, references come without labels, or an option is unknown or out of range.
 * @see Hadsell et al. (2006), doi:10.1109/CVPR.2006.100, who square the hinge; pytorch-metric-learning `ContrastiveLoss`,
 * which adds the means of the two kinds of `pairs`, and `SignalToNoiseRatioContrastiveLoss` (`distance: 'snr'`).
 * @example contrastive([0, 0, 1], [[0, 0], [0.3, 0.4], [0, 0.4]], { reduction: 'mean' }) // 0.6
 * @function
 */
export const contrastive: Loss<ContrastiveOptions, Inputs> = /* @__PURE__ */ defineLoss<
  ContrastiveOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'contrastive',
  .../* @__PURE__ */ ofPairs('(B)->(B,M)'),
  options: {
    positiveMargin: [0, finite],
    negativeMargin: [1, finite],
    pairs: ['all', /* @__PURE__ */ oneOf('all', 'positive', 'negative')],
    .../* @__PURE__ */ pairOptions('euclidean'),
  },
  formula: ({ labels, embeddings }, options, valid) => {
    const pairs = pairMatrix('contrastive', { labels, embeddings, valid }, options);
    const { isPositive, isNegative } = pairs;
    const chosen = {
      all: () => constant(() => logicalOr(isPositive, isNegative)),
      positive: () => isPositive,
      negative: () => isNegative,
    };
    return { values: valuesOfPairs(ofEach, pairs, marginsOf(options)), valid: chosen[options.pairs]() };
  },
});

const ofEach = /* @__PURE__ */ pairFormula<PairMargins>('places', ({ far, isPositive }, margins) => {
  const { tooFar, tooNear } = excessOf(far, margins);
  return relu(where(isPositive, tooFar, tooNear));
});
