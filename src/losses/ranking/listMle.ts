import type { Tensor } from '@tensorflow/tfjs-core';
import { kernels } from '../../call/kernelSlots.js';
import { ofEntries, type RowFormula } from '../../call/pairsOfEntries.js';
import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant, dependingOn } from '../../numerics/autodiff.js';
import { placesIn } from '../../numerics/entryAt.js';
import { any, lowest, where } from '../../numerics/portable.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { columnsOf } from '../../numerics/columns.js';
import { sum } from '../../numerics/sum.js';
import { div, equal, neg, reshape } from '../../tfjs/ops.js';
import { asFirst, asLists, asSecond, isNoHigher, itemsOf, scoreOptions, type ScoreOptions } from './common/lists.js';

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
    const inPairs = (x: Tensor): Tensor =>
      sum(
        ofEntries(
          surpriseAmongLeft,
          {},
          {
            own: [asFirst(lists, areItems), placesIn(lists)],
            others: [x, asSecond(lists, areItems)],
          },
        ),
        -1,
      );
    const losses = kernels.drawn?.({ labels: lists, areItems, scores }, inPairs) ?? inPairs(scores);
    const values = reshape(losses, labels.shape.slice(0, -1));
    return { values: dependingOn(values, labels), valid: constant(() => any(isItem, -1)) };
  },
});

/** −ln of the share that an item has of those that are left when it is drawn. */
const surpriseAmongLeft: RowFormula<object> = {
  gives: 'rows',
  compute: ([scores, labels, own, place]) => {
    const places = columnsOf(scores as Tensor);
    const isLeft = constant(() =>
      isNoHigher({ numbers: own as Tensor, places: place as Tensor }, { numbers: labels as Tensor, places }),
    );
    const isOwn = constant(() => equal(places, place as Tensor));
    return neg(logSoftmaxAt(where(isLeft, scores as Tensor, lowest()), isOwn));
  },
};
