import { logicalOr, relu, type Tensor } from '@tensorflow/tfjs-core';
import { ofTable, type TableFormula } from '../../call/kernelSlots.js';
import type { Loss } from '../../definition/definition.js';
import { finite, margin, numberOrPerPosition } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { where } from '../../numerics/portable.js';
import { stretch } from '../../numerics/sum.js';
import { add, expandDims, mul, neg, notEqual } from '../../tfjs/ops.js';
import { isSimilarity } from './common/pairDistance.js';
import { pairMatrix } from './common/pairMatrix.js';
import { ofPairs, type PairOptions, pairOptions } from './common/pairOptions.js';

export interface MarginLossOptions extends PairOptions {
  /** The distance m from the boundary within which a pair still costs something. Default 0.2. */
  readonly margin: number;
  /**
   * The boundary β, a distance, or similarity, between pairs of the same label and others: a number, or one for each
   * example, such as that of its class; with a gradient. Default 1.2.
   */
  readonly beta: TensorInput;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Margin loss of a batch of embeddings: of each pair i ≠ j with the distance d_ij max(0, m + d_ij − β_i) if both have the
 * same label, else max(0, m + β_i − d_ij). Of similarities s_ij, `'cosine'` and `'dot'`, it is max(0, m + β_i − s_ij) and
 * max(0, m + s_ij − β_i).
 *
 * Shapes `(B),(B,D)->(B)->(B,B)`: one value per pair. In the units of the distance. An example makes no pair with itself:
 * that is 0 under `'none'` and in no mean. The mean of the paper is `'meanOverNonzeroLosses'`.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Wu et al. (2017), doi:10.1109/ICCV.2017.309; pytorch-metric-learning `MarginLoss`, which counts a pair once for each
 * triplet that it is in.
 * @example marginLoss([0, 0, 1], [[0, 0], [0.6, 0.8], [0, 1]], { reduction: 'mean' }) // 0.3892
 * @function
 */
export const marginLoss: Loss<MarginLossOptions, Inputs> = /* @__PURE__ */ defineLoss<
  MarginLossOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'marginLoss',
  .../* @__PURE__ */ ofPairs('(B)->(B,M)'),
  options: {
    margin: [0.2, margin],
    beta: [1.2, /* @__PURE__ */ numberOrPerPosition(finite)],
    .../* @__PURE__ */ pairOptions('euclidean'),
  },
  formula: ({ labels, embeddings }, options, valid) => {
    const { far, isPositive, isNegative } = pairMatrix('marginLoss', { labels, embeddings, valid }, options);
    const { distance, margin } = options;
    const beta = options.beta as Tensor | number;
    const boundary = typeof beta === 'number' ? [] : [expandDims(beta, 1)];
    const plain = { sign: isSimilarity(distance) ? 1 : -1, margin, beta: typeof beta === 'number' ? beta : 0 };
    return {
      values: ofTable(ofEach, plain, [far, isPositive, ...boundary]),
      valid: constant(() => logicalOr(isPositive, isNegative)),
    };
  },
});

interface Numbers {
  readonly sign: number;
  readonly margin: number;
  /** β, unless it comes with each row. */
  readonly beta: number;
}

const ofEach: TableFormula<Numbers> = {
  gives: 'places',
  compute: ([far, isPositive, boundary], { sign, margin, beta }) => {
    const { shape } = far as Tensor;
    const beyond = add(far as Tensor, mul(sign, boundary ? stretch(boundary, shape) : beta));
    return relu(add(where(notEqual(isPositive as Tensor, 0), beyond, neg(beyond)), margin));
  },
};
