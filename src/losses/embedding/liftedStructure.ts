import { concat, relu, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { bounded } from '../../numerics/functions.js';
import { isHalf } from '../../numerics/portable.js';
import { logSumExp } from '../../numerics/softmax.js';
import { stretch } from '../../numerics/sum.js';
import { add, mul, reshape, square } from '../../tfjs/ops.js';
import { type LiftedOptions, liftedOptions } from './common/liftedOptions.js';
import { excessOf, marginsOf } from './common/pairMargins.js';
import { pairRows } from './common/pairMatrix.js';
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
    const { tooFar, tooNear } = excessOf(pairs.far, margins);
    const ofAnchors = logSumExpWhere(tooNear, pairs.isNegative);
    const { referenceLabels } = options;
    const ofPositives = referenceLabels
      ? logSumExpWhere(excessOf(rows.between as Tensor, margins).tooNear, negativesAmong(referenceLabels as Tensor))
      : ofAnchors;
    const excess = add(ofBoth(ofAnchors, ofPositives), tooFar);
    return { values: mul(0.5, square(relu(bounded(excess, -Infinity, largest())))), valid: isPaired(pairs) };
  },
});

/** Which of all pairs of references have different labels, `[M, M]`. */
const negativesAmong = (labels: Tensor): Tensor => pairsOf(labels, null, false).isNegative;

/** ln(eˣ + eʸ) of the numbers x and y of the two of each pair, `[B, M]`. */
function ofBoth(x: Tensor, y: Tensor): Tensor {
  const [rows, columns] = [x.size, y.size];
  const along = (one: Tensor, shape: number[]): Tensor => stretch(reshape(one, shape), [rows, columns, 1]);
  return logSumExp(concat([along(x, [rows, 1, 1]), along(y, [1, columns, 1])], 2));
}

/** As good as infinite, but its square is not. */
const largest = (): number => (isHalf() ? 200 : 1e18);
