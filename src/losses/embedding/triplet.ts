import type { Tensor } from '@tensorflow/tfjs-core';
import { shortcut } from '../../call/shortcut.js';
import type { Loss } from '../../definition/definition.js';
import { flag, margin, oneOf } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { inBlocks, type Parts } from '../../numerics/inBlocks.js';
import { allAnchors, fewAnchors, rowsOfPairs, tableOf } from './common/anchors.js';
import { pairRows } from './common/pairMatrix.js';
import { ofPairs, type PairOptions, pairOptions } from './common/pairOptions.js';
import {
  allTriplets,
  hardestPairs,
  haveBoth,
  isPaired,
  semihardPairs,
  sumsOfTriplets,
  type TripletMining,
  type TripletRule,
} from './common/triplets.js';

export interface TripletOptions extends PairOptions {
  /** By how much the negative is to be farther away than the positive. Default 1. */
  readonly margin: number;
  /**
   * Which triplets count. `'all'`; `'hard'`: those whose negative is no farther away than the positive; `'semihard'`: those
   * whose negative is farther away, but by no more than the margin. `'batchHard'`: of each anchor that of the farthest
   * positive and the nearest negative. `'batchSemihard'`: of each positive pair that of the nearest negative farther away
   * than the positive, or of the farthest negative if none is. Default `'all'`.
   */
  readonly mining: TripletMining;
  /** The negative is to be that far from the positive too: the smaller of both distances counts. Default false. */
  readonly swap: boolean;
  /** ln(1 + eˣ) in place of max(0, x). Default false. */
  readonly soft: boolean;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Triplet loss of a batch of embeddings: max(0, d_ap − d_an + m) of each anchor a, each other example p of its label, the
 * positive, and each example n of another label, the negative, with distances d; of similarities d is minus that.
 *
 * Shapes `(B),(B,D)->(B)->(B,B,B)`: one value per triplet, of anchor, positive and negative; `(B),(B,D)->(B)->(B,B)` for
 * `mining: 'batchSemihard'` and `(B),(B,D)->(B)` for `'batchHard'`. In the units of the distance. What is no triplet, or
 * is not mined, is 0 under `'none'` and in no mean. Which triplets are mined is constant in the gradient. Only the
 * reduction `'none'` holds all triplets at the same time. With `references` p and n run over them, and their number M
 * stands for the later B.
 *
 * A mask `(B)` removes examples from all triplets; all references count.
 *
 * @throws if the shapes do not fit, references come without labels, or an option is unknown or out of range.
 * @see Schroff et al. (2015), doi:10.1109/CVPR.2015.7298682; Hermans et al. (2017), doi:10.48550/arXiv.1703.07737;
 * pytorch-metric-learning `TripletMarginLoss` with its miners, TensorFlow Addons `TripletSemiHardLoss` and
 * `TripletHardLoss`.
 * @example triplet([0, 0, 1], [[0, 0], [0.3, 0.4], [0, 1]], { reduction: 'mean' }) // 0.6646
 * @function
 */
export const triplet: Loss<TripletOptions, Inputs> = /* @__PURE__ */ defineLoss<
  TripletOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'triplet',
  .../* @__PURE__ */ ofPairs<TripletOptions>(({ mining }) =>
    mining === 'batchHard' ? '(B)' : `(B)->${mining === 'batchSemihard' ? '(B,M)' : '(B,M,M)'}`,
  ),
  options: {
    margin: [1, margin],
    mining: ['all', /* @__PURE__ */ oneOf('all', 'hard', 'semihard', 'batchHard', 'batchSemihard')],
    swap: [false, flag],
    soft: [false, flag],
    .../* @__PURE__ */ pairOptions('euclidean'),
  },
  formula: ({ labels, embeddings }, options, valid) => {
    const { mining, swap } = options;
    const pairs = pairRows('triplet', { labels, embeddings, valid }, options, swap);
    const rule = ruleOf(options);
    const { parts, rows, anchors } = allAnchors(pairs);
    if (mining === 'batchHard') {
      const hardest = (block: Parts): Tensor => hardestPairs(pairs.pairs(block), tableOf(pairs, block), rule);
      return { values: inBlocks(parts, rowsOfPairs(pairs), hardest), valid: haveBoth(pairs) };
    }
    if (mining !== 'batchSemihard') return allTriplets(anchors(parts), mining, rule);
    return {
      values: inBlocks(parts, rows, (block) => semihardPairs(anchors(block), rule).values),
      valid: isPaired(pairs),
    };
  },
  shortcut: /* @__PURE__ */ shortcut<TripletOptions, 'labels' | 'embeddings'>(
    ({ options, inputs, valid, totalOf, isWeighedByExample }) => {
      const { mining, swap } = options;
      if (!totalOf || mining === 'batchHard') return null;
      const pairs = pairRows('triplet', { ...inputs(), valid: valid() }, options, swap);
      const { anchors, ...some } = (isWeighedByExample ? fewAnchors : allAnchors)(pairs);
      const rule = ruleOf(options);
      return totalOf({
        ...some,
        values: (block) =>
          mining === 'batchSemihard'
            ? semihardPairs(anchors(block), rule)
            : isWeighedByExample
              ? sumsOfTriplets(anchors(block), mining, rule)
              : allTriplets(anchors(block), mining, rule),
      });
    },
  ),
});

const ruleOf = ({ margin, soft }: TripletOptions): TripletRule => ({ margin, isSoft: soft });
