import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real, relevance } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradient } from '../../numerics/autodiff.js';
import { abs, exp, sigmoid, tanh } from '../../numerics/functions.js';
import { polynomial } from '../../numerics/polynomial.js';
import { where } from '../../numerics/portable.js';
import { add, div, less, mul, neg, square, zerosLike } from '../../tfjs/ops.js';
import { lambdaConflict } from './common/lambdaWeights.js';
import { differenceFormulas, pairwise, pairwiseOptions, type PairwiseOptions } from './common/pairwise.js';
import type { ScoreOptions } from './common/lists.js';

/**
 * Pairwise soft zero-one loss of ranked lists: of each item i the sum Σ_j σ((s_j − s_i) ÷ T) over the items j of its
 * list that are less relevant, y_i > y_j, with labels y, how relevant an item is, predictions s, its score, and σ the
 * logistic function, a smooth count of the pairs in the wrong order.
 *
 * Shapes `(...,L),(...,L)->(...,L)`; a mask removes items. Without unit. The derivative for labels is 0.
 *
 * Items with a negative label are padding, and removed too. An item above no other is 0 and counts.
 * `reduction: 'weightedMean'` divides by the number, or the weights, of pairs. With `lambdaWeight` pairs count by what a
 * metric makes of them.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Pasumarthi et al. (2019), doi:10.1145/3292500.3330677; keras-rs and TensorFlow Ranking `PairwiseSoftZeroOneLoss`.
 * @example pairwiseSoftZeroOne([[1, 0, -1]], [[2, 1, 5]], { reduction: 'none' }) // [[0.2689, 0, 0]]
 * @function
 */
export const pairwiseSoftZeroOne: Loss<PairwiseOptions> = /* @__PURE__ */ defineLoss<PairwiseOptions>({
  name: 'pairwiseSoftZeroOne',
  signature: '(...,L),(...,L)->(...,L)',
  domains: [relevance, real],
  options: pairwiseOptions,
  check: lambdaConflict,
  formula: (lists, options, valid) => pairwise(formulas, { temperature: options.temperature }, lists, options, valid),
});

/**
 * σ(x) with a part of its derivative. The derivative of a score is a difference of slopes that are almost the same: near 0 they
 * are ¼ − (½·tanh ½x)², and the quarters add up to 0 exactly where they are summed by themselves.
 */
const curved: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(sigmoid, (dy, x) => mul(dy, slopeBesides(x)));

/** 0, with the rest of the derivative. */
const flat: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(zerosLike, (dy, x) => mul(dy, quarterOf(x)));

const quarterOf = (x: Tensor): Tensor => constant(() => where(isNear(x), 0.25, 0));

/** Where a polynomial of few terms is the tangent. */
const isNear = (x: Tensor): Tensor => less(abs(x), 1.25);

/** (tanh y) ÷ y by powers of y²: minimax where |y| < 0.625 (Cephes). */
const TANH = [1, -3.33332819422e-1, 1.33314422036e-1, -5.37397155531e-2, 2.06390887954e-2, -5.70498872745e-3];

/** σ′(x), less ¼ near 0. */
const slopeBesides: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (x) => {
    const tangent = mul(x, polynomial(mul(0.25, square(x)), TANH));
    const decay = exp(neg(abs(x)));
    return where(isNear(x), mul(-1 / 16, square(tangent)), div(decay, square(add(1, decay))));
  },
  (dy, x) => neg(mul(dy, mul(tanh(mul(0.5, x)), mul(sigmoid(x), sigmoid(neg(x)))))),
);

const formulas = /* @__PURE__ */ differenceFormulas<ScoreOptions>(
  (difference) => curved(neg(difference)),
  (difference) => flat(neg(difference)),
);
