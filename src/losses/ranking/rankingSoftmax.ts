import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { flag } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { mulNoNan } from '../../numerics/functions.js';
import { normalized } from '../../numerics/normalized.js';
import { logSoftmax, timesLogSoftmax } from '../../numerics/softmax.js';
import { any, lowest, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { neg } from '../../tfjs/ops.js';
import { itemsOf } from './common/lists.js';

export interface RankingSoftmaxOptions {
  /** Divides the labels of a list by their sum; a list without relevance then is 0. Default false. */
  readonly normalizeLabels: boolean;
}

/**
 * Softmax loss of ranked lists (ListNet): −Σᵢ wᵢ·yᵢ·ln softmax(x)ᵢ over the items i of a list, with labels y, how
 * relevant an item is, and predictions x, its score.
 *
 * Shapes `(...,L),(...,L)->(...)`; weights are given per list, `(...)`, or per item, `(...,L)`, and a mask removes
 * items. In nats.
 *
 * Items with a negative label are padding, and removed too. A list without items is 0 and does not count.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Cao et al. (2007), doi:10.1145/1273496.1273513; optax `ranking_softmax_loss`, TensorFlow Ranking `SoftmaxLoss`.
 * @example rankingSoftmax([[1, 0, -1]], [[2, 2, 5]]) // [0.6931]
 * @function
 */
export const rankingSoftmax: Loss<RankingSoftmaxOptions> = /* @__PURE__ */ defineLoss<RankingSoftmaxOptions>({
  name: 'rankingSoftmax',
  signature: '(...,L),(...,L)->(...,L)->(...)',
  domains: [relevance, real],
  options: { normalizeLabels: [false, flag] },
  weighsEntries: true,
  formula: ({ labels, predictions }, { normalizeLabels, weights }, valid) => {
    const isItem = itemsOf(labels, valid);
    const hasItems = constant(() => any(isItem, -1, true));
    const scores = where(isItem, predictions, where(hasItems, lowest(), 0));
    const relevance = where(isItem, labels, 0);
    const y = normalizeLabels ? normalized(relevance) : relevance;
    // The gradient of labels is made of that for y alone where nothing else weighs the items.
    const isAlike = normalizeLabels && weights === null;
    const losses = neg(isAlike ? timesLogSoftmax(y, scores) : mulNoNan(y, logSoftmax(scores)));
    return { values: sum(weights ? mulNoNan(weights as Tensor, losses) : losses, -1), valid: any(isItem, -1) };
  },
});
