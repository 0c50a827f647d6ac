import { sqrt, type Tensor } from '@tensorflow/tfjs-core';
import { opKernels } from './opKernels.js';
import { matMul } from './matMul.js';
import { add, equal, expandDims, mul, neg, square, sub } from '../tfjs/ops.js';
import { constant, withEachGradient, withGradient } from './autodiff.js';
import { inBlocks, rowsOfBlock } from './inBlocks.js';
import { transpose, where } from './portable.js';
import { ratio } from './quotient.js';
import { sum } from './sum.js';

/*
 * Distances of all vectors a [B, D] from all vectors b [M, D]. They are made of differences, a block of vectors at a time:
 * products of vectors that lie near each other have none of the digits of what lies between them.
 */

/** ‖a_i − b_j‖², `[B, M]`. */
export const squaredDistances = (a: Tensor, b: Tensor): Tensor => (a === b ? amongEachOther(a) : fromOthers(a, b));

const distances = (a: Tensor, b: Tensor): Tensor =>
  opKernels.distances?.(a, b) ?? ofDifferences(a, b, (between) => sum(square(between), -1));

const fromOthers: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withEachGradient(distances, [
  (dy, a, b) => mul(2, pull(dy, a, b)),
  (dy, a, b) => mul(2, pull(transpose(dy, [1, 0]), b, a)),
]);

/** Of each pair of vectors there are two distances, whose derivatives pull along the same difference. */
const amongEachOther: (a: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (a) => distances(a, a),
  (dy, a) => mul(2, pull(add(dy, transpose(dy, [1, 0])), a, a)),
);

/** Σ_j w_ij·(a_i − b_j), `[B, D]`, of weights w `[B, M]`. */
const pull: (w: Tensor, a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withEachGradient(
  (w, a, b) =>
    opKernels.pull?.(w, a, b) ??
    ofDifferences(a, b, (between, weights) => sum(mul(expandDims(weights, -1), between), 1), w),
  [
    (dy, _, a, b) => sub(sum(mul(dy, a), -1, true), matMul(dy, b, false, true)),
    (dy, w) => mul(dy, sum(w, -1, true)),
    (dy, w) => neg(matMul(w, dy, true)),
  ],
);

/** A function of all differences `[rows, M, D]` for some rows of a, and of those rows of weights. */
function ofDifferences(
  a: Tensor,
  b: Tensor,
  f: (between: Tensor, weights: Tensor) => Tensor,
  weights?: Tensor,
): Tensor {
  const parts = { own: weights ? [a, weights] : [a], shared: [b] };
  return inBlocks(parts, rowsOfBlock(b.size), ({ own: [rows, ofRows], shared: [all] }) =>
    f(sub(expandDims(rows as Tensor, 1), expandDims(all as Tensor, 0)), ofRows as Tensor),
  );
}

/** √x of squared distances x, whose derivative at 0 is 0. */
export const distanceOf: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(sqrt, (dy, x) => {
  const isZero = constant(() => equal(x, 0));
  return where(isZero, 0, ratio(mul(0.5, dy), distanceOf(where(isZero, 1, x))));
});
