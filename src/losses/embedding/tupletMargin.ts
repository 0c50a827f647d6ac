import { within, positive } from '../../definition/kinds.js';
import type { Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../call/kernelSlots.js';
import type { Loss } from '../../definition/definition.js';
import { embedding, group } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { softplus } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { add, expandDims, mul, neg, notEqual, sub } from '../../tfjs/ops.js';
import { ofCosines } from './common/pairOptions.js';
import { pairMatrix } from './common/pairMatrix.js';
import { hasAny, logSumExpWhere } from './common/pairs.js';
import { nearnessOf, sinesOf } from './common/sines.js';

export interface TupletMarginOptions {
  /** The margin m: by what angle, in radians from 0 to π, a positive pair is to be nearer. Default 0.1. */
  readonly margin: number;
  /** The factor s of the cosines. Default 64. */
  readonly scale: number;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Tuplet margin loss of a batch of embeddings with the angles θ between them: of each pair i ≠ j of the same label
 * ln(1 + Σ_n e^{s·(cos θ_in − cos(θ_ij − m))}), where n runs over the examples of other labels.
 *
 * Shapes `(B),(B,D)->(B)->(B,B)`: one value per pair. In nats. Pairs of different labels and examples with themselves do not
 * count: they are 0 under `'none'` and in no mean. Without an example of another label the value is 0. Lengths are bounded
 * by 1e-7 from below: a zero vector is at right angles to all. The angle 0 has the derivative 0.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Yu & Tao (2019), doi:10.1109/ICCV.2019.00659; pytorch-metric-learning `TupletMarginLoss` (margin in degrees).
 * @example tupletMargin([0, 0, 1], [[1, 0], [0.6, 0.8], [0, 1]], { scale: 4, reduction: 'mean' }) // 0.517
 * @function
 */
export const tupletMargin: Loss<TupletMarginOptions, Inputs> = /* @__PURE__ */ defineLoss<
  TupletMarginOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'tupletMargin',
  signature: '(B),(B,D)->(B)->(B,B)',
  inputs: ['labels', 'embeddings'],
  domains: [group, embedding],
  options: { margin: [0.1, /* @__PURE__ */ within(0, Math.PI)], scale: [64, positive] },
  formula: ({ labels, embeddings }, { margin, scale }, valid) => {
    const { far, isPositive, isNegative } = pairMatrix('tupletMargin', { labels, embeddings, valid }, ofCosines);
    const nearness = nearnessOf(embeddings, far, isPositive);
    const numbers = { cosine: Math.cos(margin), sine: Math.sin(margin), scale };
    return { values: ofTable(ofEach, numbers, [far, isNegative, nearness]), valid: isPositive };
  },
});

interface Numbers {
  readonly cosine: number;
  readonly sine: number;
  readonly scale: number;
}

const ofEach: TableFormula<Numbers> = {
  gives: 'places',
  compute: ([far, negative, nearness], { cosine, sine, scale }) => {
    const isNegative = constant(() => notEqual(negative as Tensor, 0));
    const cosines = neg(far as Tensor);
    const sines = sinesOf(cosines, nearness as Tensor);
    const nearer = add(mul(cosine, cosines), mul(sine, sines));
    const nearest = expandDims(logSumExpWhere(mul(scale, cosines), isNegative), 1);
    const values = softplus(sub(nearest, mul(scale, nearer)));
    return where(expandDims(hasAny(isNegative), 1), values, 0);
  },
};
