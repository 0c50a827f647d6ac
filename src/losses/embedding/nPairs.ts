import type { Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../call/kernelSlots.js';
import type { Loss } from '../../definition/definition.js';
import { embedding, group } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { columnsOf, placesOfRows } from '../../numerics/columns.js';
import { areBoth, cast, where } from '../../numerics/portable.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { equal, expandDims, less, logicalAnd, neg, sub } from '../../tfjs/ops.js';
import { type Comparing, pairDistance } from './common/pairDistance.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import { pairMatrix } from './common/pairMatrix.js';
import { hasAny, normalizeOption, whereAllowed } from './common/pairs.js';

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

export type NPairsOptions = Comparing;

/**
 * N-pairs loss of a batch of embeddings v: of each label with two examples or more the first is an anchor a and the second
 * its positive p, and the loss is ln Σ_q e^{⟨v_a, v_q⟩} − ⟨v_a, v_p⟩, where q runs over the positives of all labels. With
 * distances in place of products their signs turn.
 *
 * Shapes `(B),(B,D)->(B)`. In nats. Only anchors count. Embeddings are taken as they are, unless `normalize`.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Sohn (2016), doi:10.5555/3157096.3157304; pytorch-metric-learning `NPairsLoss`.
 * @example nPairs([0, 0, 1, 1], [[1, 0], [0.5, 0], [0, 1], [0, 2]], { reduction: 'mean' }) // 0.3005
 * @function
 */
export const nPairs: Loss<NPairsOptions, Inputs> = /* @__PURE__ */ defineLoss<
  NPairsOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'nPairs',
  signature: '(B),(B,D)->(B)',
  isOfBatch: () => true,
  inputs: ['labels', 'embeddings'],
  domains: [group, embedding],
  options: { distance: ['dot', pairDistance], ...normalizeOption },
  formula: ({ labels, embeddings }, options, valid) => {
    const { far, isPositive } = pairMatrix('nPairs', { labels, embeddings, valid }, options);
    const place = placeInClass(isPositive);
    const isSecond = constant(() => logicalAnd(equal(place, 1), hasAny(isPositive)));
    const isAnchor = constant(() => logicalAnd(equal(place, 0), hasAny(isPositive)));
    const isCandidate = constant(() => areBoth(expandDims(isAnchor, 1), expandDims(isSecond, 0)));
    const isPartner = constant(() => logicalAnd(isCandidate, isPositive));
    const pairs = { far, isPositive: isPartner, isNegative: isCandidate };
    return { values: valuesOfPairs(ofAnchors, pairs, {}), valid: isAnchor };
  },
});

/** Of pairs that are candidates, and one that is the partner. */
const ofAnchors = /* @__PURE__ */ pairFormula<object>('rows', ({ far, isPositive, isNegative }) =>
  neg(logSoftmaxAt(whereAllowed(neg(far), isNegative), isPositive)),
);

/** How many examples of the same label come before each, `[B]`. */
const placeInClass = (isPositive: Tensor): Tensor =>
  constant(() => ofTable(earlierOfRow, {}, [cast(isPositive, 'float32'), placesOfRows(isPositive.shape[0])]));

const earlierOfRow: TableFormula<object> = {
  gives: 'rows',
  compute: ([isPositive, place]) =>
    sum(where(less(sub(columnsOf(isPositive as Tensor), place as Tensor), 0), isPositive as Tensor, 0), -1),
};
