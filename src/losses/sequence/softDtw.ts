import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { embedding } from '../../definition/domain.js';
import { temperature } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { where } from '../../numerics/portable.js';
import { stretch, sum } from '../../numerics/sum.js';
import { div, expandDims, mul, neg, square, sub } from '../../tfjs/ops.js';
import { isImpossible } from './common/alignments.js';
import { logOfAlignments } from './common/warping.js';

export interface SoftDtwOptions {
  /** How soft the minimum γ is, in the squared units of the vectors; near 0 the best alignment alone counts. Default 1. */
  readonly gamma: number;
}

/**
 * Soft dynamic time warping of two sequences y₁ … y_N and x₁ … x_T of vectors: −γ·ln Σ_A e^(−c(A)/γ), where A runs over all
 * alignments and the cost of one is c(A) = Σ_{(i,j)∈A} ‖y_i − x_j‖². An alignment leads from (1, 1) to (N, T), by steps that go
 * on in one of the sequences or in both.
 *
 * Shapes `(B,N,D),(B,T,D)->(B)`: the time axis second; the sequences may differ in length. In the squared units of the vectors.
 * It may be negative: many alignments that are alike cost less than one.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Cuturi and Blondel (2017), doi:10.48550/arXiv.1703.01541; pysdtw `SoftDTW`, tslearn `SoftDTWLossPyTorch`.
 * @example softDtw([[[0], [1], [2]]], [[[0], [2]]]) // [0.1227]
 * @function
 */
export const softDtw: Loss<SoftDtwOptions> = /* @__PURE__ */ defineLoss<SoftDtwOptions>({
  name: 'softDtw',
  aliases: { softDynamicTimeWarping: {} },
  signature: '(B,N,D),(B,T,D)->(B)',
  domains: [embedding, embedding],
  options: { gamma: [1, temperature] },
  formula: ({ labels, predictions }, { gamma }) => {
    const logarithm = logOfAlignments(div(neg(squaredDistances(labels, predictions)), gamma));
    return where(isImpossible(logarithm), Infinity, neg(mul(gamma, logarithm)));
  },
});

/** ‖a_i − b_j‖² of the vectors of two sequences, [B, N, T], by differences, which have digits that products lack. */
function squaredDistances(a: Tensor, b: Tensor): Tensor {
  const [batch = 0, rows = 0, features = 0] = a.shape;
  const shape = [batch, rows, b.shape[1] ?? 0, features];
  return sum(square(sub(stretch(expandDims(a, 2), shape), stretch(expandDims(b, 1), shape))), -1);
}
