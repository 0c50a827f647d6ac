import { relu } from '@tensorflow/tfjs-core';
import { shortcut } from '../../call/shortcut.js';
import type { Loss } from '../../definition/definition.js';
import { embedding, group } from '../../definition/domain.js';
import { flag, margin, oneOf } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { inBlocks } from '../../numerics/inBlocks.js';
import { allAnchors, fewAnchors } from './common/anchors.js';
import { pairDistance } from './common/pairDistance.js';
import { pairMatrix } from './common/pairMatrix.js';
import type { PairOptions } from './common/pairOptions.js';
import { normalizeOption } from './common/pairs.js';
import {
  allTriplets,
  hardestPairs,
  isPaired,
  semihardPairs,
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
 * reduction `'none'` holds all triplets at the same time.
 *
 * A mask `(B)` removes examples from all triplets.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
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
  signature: ({ mining }) =>
    mining === 'batchHard' ? '(B),(B,D)->(B)' : `(B),(B,D)->(B)->${mining === 'batchSemihard' ? '(B,B)' : '(B,B,B)'}`,
  isOfBatch: () => true,
  inputs: ['labels', 'embeddings'],
  domains: [group, embedding],
  options: {
    margin: [1, margin],
    mining: ['all', /* @__PURE__ */ oneOf('all', 'hard', 'semihard', 'batchHard', 'batchSemihard')],
    swap: [false, flag],
    soft: [false, flag],
    distance: ['euclidean', pairDistance],
    ...normalizeOption,
  },
  formula: ({ labels, embeddings }, options, valid) => {
    const pairs = pairMatrix('triplet', { labels, embeddings, valid }, options);
    const table = options.swap ? pairs.far : null;
    const rule = ruleOf(options);
    const { mining } = options;
    if (mining === 'batchHard') return hardestPairs(pairs, table, rule);
    const { parts, rows, anchors } = allAnchors(pairs, table);
    const whole = anchors(parts);
    if (mining !== 'batchSemihard') return allTriplets(whole, mining, rule);
    return {
      values: inBlocks(parts, rows, (block) => semihardPairs(anchors(block), rule).values),
      valid: isPaired(whole),
    };
  },
  shortcut: /* @__PURE__ */ shortcut<TripletOptions, 'labels' | 'embeddings'>(
    ({ options, inputs, valid, totalOf, isWeighedByExample }) => {
      const { mining, swap } = options;
      if (!totalOf || mining === 'batchHard') return null;
      const pairs = pairMatrix('triplet', { ...inputs(), valid: valid() }, options);
      const { anchors, ...some } = (isWeighedByExample ? fewAnchors : allAnchors)(pairs, swap ? pairs.far : null);
      const rule = ruleOf(options);
      return totalOf({
        ...some,
        values: (block) =>
          mining === 'batchSemihard' ? semihardPairs(anchors(block), rule) : allTriplets(anchors(block), mining, rule),
      });
    },
  ),
});

const ruleOf = ({ margin, soft }: TripletOptions): TripletRule => ({ margin, hinge: soft ? softplus : relu });
