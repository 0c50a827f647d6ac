import { argMax, logicalOr, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { ofMasks } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { classIndicesOrNull, labelOrNull, nonNegative, oneOf, positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { isClass } from '../../numerics/isClass.js';
import { any, lowest, representable, where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { add, logicalNot, mul, neg, notEqual, scalar, square } from '../../tfjs/ops.js';
import { lackOf } from './common/lack.js';
import { type Counting, errorsOf, overlapTerms } from './common/overlapTerms.js';
import { ofSums } from './common/summed.js';
import {
  activationOptions,
  type ActivationOptions,
  exampleOrBatch,
  segmentationSignature,
} from './common/segmentation.js';

export interface GeneralizedDiceOptions extends ActivationOptions {
  /** Over what overlaps are summed: `'example'` (default) gives one value per example, `'batch'` one for all. */
  readonly axis: 'example' | 'batch';
  /** Added to numerator and denominator, so that two empty masks overlap fully. Default 1e-5. */
  readonly smooth: number;
  /** Lower bound of the denominator. Default 1e-7. */
  readonly epsilon: number;
  /** Weight of a class of size T: 1 ÷ T² (`'square'`, default), 1 ÷ T (`'simple'`) or 1 (`'uniform'`). */
  readonly weight: 'square' | 'simple' | 'uniform';
  /** Indices of the classes that count. Default null, all. */
  readonly classes: readonly number[] | null;
  /** A label that marks pixels, or single entries of labels with a class axis, which do not count. Default null. */
  readonly ignoreIndex: number | null;
}

/**
 * Generalised Dice loss: 1 − (Σ_c w_c·I_c + s) ÷ max(½·Σ_c w_c·(P_c + T_c) + s, ε), where I = Σ y·p is the overlap of
 * labels and predictions, T = Σ y and P = Σ p are their sizes, w = 1 ÷ T² and s = `smooth`: small classes count as much
 * as large ones. A class that no label has weighs as much as the heaviest one that is there, or 0 if there is none.
 *
 * Shapes `(B,...,C),(B,...,C)->(B)`, or `->()` with `axis: 'batch'`. Labels may be class indices `(B,...)`, or with a
 * single class the mask itself. Without unit, from 0 to 1.
 *
 * Weights of examples, `(B)`, weigh values; with axes of pixels, they multiply the part of each pixel in all sums.
 *
 * A mask `(B,...)` removes pixels, one of the shape of the predictions single entries.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or out of
 * range.
 * @see Sudre et al. (2017), doi:10.1007/978-3-319-67558-9_28; MONAI `GeneralizedDiceLoss`. Optax's
 * `multiclass_generalized_dice_loss` is a mean of Dice losses with such weights.
 * @example generalizedDice([[0, 1, 1]], [[[0.5, 0.5], [0.5, 0.5], [0, 1]]], { smooth: 0 }) // [0.4167]
 * @function
 */
export const generalizedDice: Loss<GeneralizedDiceOptions> = /* @__PURE__ */ defineLoss<GeneralizedDiceOptions>({
  name: 'generalizedDice',
  signature: ({ axis }, rank) => segmentationSignature('generalizedDice', axis, rank),
  domains: ({ fromLogits }) => [probability, fromLogits ? logit : probability],
  takesIndices: ofMasks,
  options: {
    ...activationOptions,
    axis: ['example', exampleOrBatch],
    smooth: [1e-5, nonNegative],
    epsilon: [1e-7, positive],
    weight: ['square', /* @__PURE__ */ oneOf('square', 'simple', 'uniform')],
    classes: [null, classIndicesOrNull],
    ignoreIndex: [null, labelOrNull],
  },
  weighsEntries: true,
  .../* @__PURE__ */ ofSums<GeneralizedDiceOptions>({
    name: 'generalizedDice',
    uses: ['fromLogits', 'activation'],
    terms: (inputs, options, valid, chosen) => overlapTerms(inputs, options, counting, valid, chosen),
    loss: (sums, { smooth, weight, ...options }) => {
      const [overlap, excess, lack, size] = sums.each() as [Tensor, Tensor, Tensor, Tensor];
      const epsilon = representable(options.epsilon);
      const errors = errorsOf(excess, lack, counting, { alpha: 0.5, beta: 0.5 });
      // All weights are divided by the largest, which overflows where a class is tiny.
      const { weights, inverse } = relativeWeights(size, weight);
      const ofClasses = (x: Tensor): Tensor => sum(mul(weights, x), -1);
      const hits = add(ofClasses(overlap), mul(smooth, inverse));
      return lackOf(hits, ofClasses(errors), mul(epsilon, inverse));
    },
  }),
});

const counting: Counting = { intersection: 'product', squared: false };

/** The weight of each size T over the last axis, divided by the largest weight, and the inverse of that. */
function relativeWeights(
  sizes: Tensor,
  weight: GeneralizedDiceOptions['weight'],
): { weights: Tensor; inverse: Tensor | number } {
  if (weight === 'uniform') return { weights: scalar(1), inverse: 1 };
  const raised = (x: Tensor): Tensor => (weight === 'square' ? square(x) : x);
  const isThere = constant(() => notEqual(sizes, 0));
  const isAnyThere = constant(() => any(isThere, -1, true));
  const classes = sizes.shape.at(-1) ?? 1;
  const isSmallest = constant(() => isClass(argMax(where(isThere, neg(sizes), lowest()), -1), classes));
  const least = where(isAnyThere, sum(where(isSmallest, sizes, 0), -1, true), 1);
  // The heaviest class has weight 1, without derivative, and so have those that are not there.
  const isHeaviest = constant(() => logicalOr(isSmallest, logicalNot(isThere)));
  const weights = where(isHeaviest, 1, raised(ratio(least, where(isHeaviest, 1, sizes))));
  return { weights: where(isAnyThere, weights, 0), inverse: squeeze(raised(least), [-1]) };
}
