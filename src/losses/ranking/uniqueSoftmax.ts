import { logicalOr, type Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, type RowFormula } from '../../call/pairsOfEntries.js';
import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { placesIn } from '../../numerics/entryAt.js';
import { any, lowest, where } from '../../numerics/portable.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { columnsOf } from '../../numerics/columns.js';
import { sum } from '../../numerics/sum.js';
import { div, equal, less, mul, neg, reshape } from '../../tfjs/ops.js';
import { boundedGainsOf } from './common/gains.js';
import { asFirst, asLists, asSecond, itemsOf, scoreOptions, type ScoreOptions } from './common/lists.js';

/**
 * Unique softmax loss of ranked lists: Σᵢ (2^{y_i} − 1)·(ln(e^{s_i ÷ T} + Σ_j e^{s_j ÷ T}) − s_i ÷ T), where j runs over the
 * items that are less relevant than item i, y_j < y_i, with labels y, how relevant an item is, and predictions s, its score.
 *
 * Shapes `(...,L),(...,L)->(...,L)->(...)`; a mask removes items. In nats, times gains.
 *
 * Items with a negative label are padding, and removed too; a label above 100 counts as 100, so that gains are float32. A
 * list without items is 0 and does not count.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Zhu & Klabjan (2020), doi:10.1145/3336191.3371814; TensorFlow Ranking `UniqueSoftmaxLoss`.
 * @example uniqueSoftmax([[1, 0, -1]], [[2, 2, 5]]) // [0.6931]
 * @function
 */
export const uniqueSoftmax: Loss<ScoreOptions> = /* @__PURE__ */ defineLoss<ScoreOptions>({
  name: 'uniqueSoftmax',
  signature: '(...,L),(...,L)->(...,L)->(...)',
  domains: [relevance, real],
  options: scoreOptions,
  formula: ({ labels, predictions }, { temperature }, valid) => {
    const isItem = itemsOf(labels, valid);
    const [lists, areItems] = [asLists(labels), asLists(isItem)];
    const scores = asLists(div(where(isItem, predictions, 0), temperature));
    const losses = ofEntries(
      surpriseAmongLower,
      {},
      {
        own: [asFirst(lists, areItems), placesIn(lists)],
        others: [scores, asSecond(lists, areItems)],
      },
    );
    const values = sum(mul(boundedGainsOf(where(areItems, lists, 0)), losses), -1);
    return { values: reshape(values, labels.shape.slice(0, -1)), valid: constant(() => any(isItem, -1)) };
  },
});

/** −ln of the share that an item has of itself and those of lower labels. */
const surpriseAmongLower: RowFormula<object> = {
  gives: 'rows',
  compute: ([scores, labels, own, place]) => {
    const isOwn = constant(() => equal(columnsOf(scores as Tensor), place as Tensor));
    const isCompared = constant(() => logicalOr(isOwn, less(labels as Tensor, own as Tensor)));
    return neg(logSoftmaxAt(where(isCompared, scores as Tensor, lowest()), isOwn));
  },
};
