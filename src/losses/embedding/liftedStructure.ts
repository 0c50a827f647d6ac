import { relu, type Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../call/kernelSlots.js';
import type { Loss } from '../../definition/definition.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { bounded, softplus } from '../../numerics/functions.js';
import { isHalf, where } from '../../numerics/portable.js';
import { stretch } from '../../numerics/sum.js';
import { add, expandDims, less, mul, square, sub } from '../../tfjs/ops.js';
import { type LiftedOptions, liftedOptions } from './common/liftedOptions.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import { excessOf, marginsOf, type PairMargins } from './common/pairMargins.js';
import { type PairMatrix, pairRows } from './common/pairMatrix.js';
import { ofPairs } from './common/pairOptions.js';
import { logSumExpWhere, pairsOf } from './common/pairs.js';
import { isPaired } from './common/triplets.js';

export type LiftedStructureOptions = LiftedOptions;

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Lifted structure loss of a batch of embeddings: of each pair i ≠ j of the same label with the distance d_ij
 * ½·max(0, ln(Σ_k e^{m₋ − d_ik} + Σ_k e^{m₋ − d_jk}) + d_ij − m₊)², where k runs over the examples of other labels. Of
 * similarities s it has s_ik − m₋ and m₊ − s_ij.
 *
 * Shapes `(B),(B,D)->(B)->(B,B)`: one value per pair. In the squared units of the distance. Pairs of different labels,
 * examples with themselves and pairs without an example of another label do not count: they are 0 under `'none'` and in no
 * mean.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Song et al. (2016), doi:10.1109/CVPR.2016.434; pytorch-metric-learning `LiftedStructureLoss`, TensorFlow Addons
 * `LiftedStructLoss`.
 * @example liftedStructure([0, 0, 1], [[0, 0], [0.6, 0.8], [0, 1]], { reduction: 'mean' }) // 1.7931
 * @function
 */
export const liftedStructure: Loss<LiftedStructureOptions, Inputs> = /* @__PURE__ */ defineLoss<
  LiftedStructureOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'liftedStructure',
  aliases: { liftedStruct: {} },
  .../* @__PURE__ */ ofPairs('(B)->(B,M)'),
  options: liftedOptions,
  formula: ({ labels, embeddings }, options, valid) => {
    const rows = pairRows('liftedStructure', { labels, embeddings, valid }, options, true);
    const pairs = rows.pairs(rows.parts);
    const margins = marginsOf(options);
    const ofAnchors = valuesOfPairs(sumOfNegatives, pairs, margins);
    const { referenceLabels } = options;
    const ofPositives = referenceLabels
      ? valuesOfPairs(sumOfNegatives, ofReferences(rows.between as Tensor, referenceLabels as Tensor), margins)
      : ofAnchors;
    const perPositive = stretch(expandDims(ofPositives, 0), pairs.far.shape);
    return {
      values: ofTable(ofEach, margins, [pairs.far, expandDims(ofAnchors, 1), perPositive]),
      valid: isPaired(pairs),
    };
  },
});

/** All pairs of references. */
const ofReferences = (far: Tensor, labels: Tensor): PairMatrix => ({ far, ...pairsOf(labels, null, false) });

/** ln Σ e^{m₋ − d} over the examples of other labels. */
const sumOfNegatives = /* @__PURE__ */ pairFormula<PairMargins>('rows', ({ far, isNegative }, margins) =>
  logSumExpWhere(excessOf(far, margins).tooNear, isNegative),
);

const ofEach: TableFormula<PairMargins> = {
  gives: 'places',
  compute: ([far, ofAnchor, ofPositive], margins) => {
    const { shape } = far as Tensor;
    const ofBoth = logOfSum(stretch(ofAnchor as Tensor, shape), ofPositive as Tensor);
    const excess = add(ofBoth, excessOf(far as Tensor, margins).tooFar);
    return mul(0.5, square(relu(bounded(excess, -Infinity, largest()))));
  },
};

/** ln(eˣ + eʸ). */
function logOfSum(x: Tensor, y: Tensor): Tensor {
  const isLarger = constant(() => less(y, x));
  const [higher, lower] = [where(isLarger, x, y), where(isLarger, y, x)];
  return add(higher, softplus(sub(lower, higher)));
}

/** As good as infinite, but its square is not. */
const largest = (): number => (isHalf() ? 200 : 1e18);
