import { concat, relu, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { embedding, group } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { bounded } from '../../numerics/functions.js';
import { isHalf } from '../../numerics/portable.js';
import { logSumExp } from '../../numerics/softmax.js';
import { stretch } from '../../numerics/sum.js';
import { add, mul, reshape, square } from '../../tfjs/ops.js';
import { type LiftedOptions, liftedOptions } from './common/liftedOptions.js';
import { excessOf } from './common/pairMargins.js';
import { pairMatrix } from './common/pairMatrix.js';
import { logSumExpWhere } from './common/pairs.js';
import { isPaired } from './common/triplets.js';

export type LiftedStructureOptions = LiftedOptions;

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Lifted structure loss of a batch of embeddings: of each pair i ≠ j of the same label with the distance d_ij
 * ½·max(0, ln(Σ_k e^{m₋ − d_ik} + Σ_k e^{m₋ − d_jk}) + d_ij − m₊)², where k runs over the examples of other labels. Of
 * similarities s it has s_ik − m₋ and m₊ − s_ij.
 *
 * Shapes `(B),(B,D)->(B)->(B,B)`: one value per pair. In squares of the units of the distance. Pairs of different labels,
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
  signature: '(B),(B,D)->(B)->(B,B)',
  inputs: ['labels', 'embeddings'],
  domains: [group, embedding],
  options: liftedOptions,
  formula: ({ labels, embeddings }, options, valid) => {
    const pairs = pairMatrix('liftedStructure', { labels, embeddings, valid }, options);
    const { tooFar, tooNear } = excessOf(pairs.far, options);
    const excess = add(ofBoth(logSumExpWhere(tooNear, pairs.isNegative), tooFar.shape), tooFar);
    return { values: mul(0.5, square(relu(bounded(excess, -Infinity, largest())))), valid: isPaired(pairs) };
  },
});

/** ln(eˣ + eʸ) of the numbers x and y of the two examples of each pair. */
function ofBoth(x: Tensor, [rows = 0, columns = 0]: readonly number[]): Tensor {
  const along = (shape: number[]): Tensor => stretch(reshape(x, shape), [rows, columns, 1]);
  return logSumExp(concat([along([rows, 1, 1]), along([1, columns, 1])], 2));
}

/** As good as infinite, but its square is not. */
const largest = (): number => (isHalf() ? 200 : 1e18);
