import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant, dependingOn } from '../../numerics/autodiff.js';
import { any, lowest, where } from '../../numerics/portable.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { div, neg, reshape } from '../../tfjs/ops.js';
import { asLists, isNoHigher, isSame, itemsOf, ofPairs, scoreOptions, type ScoreOptions } from './common/lists.js';

/**
 * ListMLE loss of ranked lists: Σᵢ (ln Σ_j e^{s_j ÷ T} − s_i ÷ T), where j runs over item i and those that come after it
 * by their labels y, how relevant an item is; predictions s are scores. It is the negative logarithm of the probability of
 * that order, in which each item is drawn from those that are left.
 *
 * Shapes `(...,L),(...,L)->(...)`; a mask removes items. In nats. The derivative for labels is 0.
 *
 * Items with a negative label are padding, and removed too; equal labels are in the order of the list. A list without
 * items is 0 and does not count.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Xia et al. (2008), doi:10.1145/1390156.1390306; keras-rs and TensorFlow Ranking `ListMLELoss`.
 * @example listMle([[1, 0, -1]], [[2, 2, 5]]) // [0.6931]
 * @function
 */
export const listMle: Loss<ScoreOptions> = /* @__PURE__ */ defineLoss<ScoreOptions>({
  name: 'listMle',
  signature: '(...,L),(...,L)->(...,L)->(...)',
  domains: [relevance, real],
  options: scoreOptions,
  formula: ({ labels, predictions }, { temperature }, valid) => {
    const isItem = itemsOf(labels, valid);
    const [lists, areItems] = [asLists(labels), asLists(isItem)];
    const scores = asLists(div(where(isItem, predictions, 0), temperature));
    const isLeft = isNoHigher(lists, areItems);
    const left = ofPairs((_, ofSecond) => where(isLeft, ofSecond, lowest()), scores);
    const losses = reshape(neg(logSoftmaxAt(left, isSame(lists))), labels.shape);
    return { values: dependingOn(sum(losses, -1), labels), valid: constant(() => any(isItem, -1)) };
  },
});
