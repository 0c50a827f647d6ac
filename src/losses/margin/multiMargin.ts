import { relu, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { classIndex, real } from '../../definition/domain.js';
import { axes, margin, oneOrTwo, perClass } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { halfDifference } from '../../numerics/difference.js';
import { mulNoNan } from '../../numerics/functions.js';
import { isClass } from '../../numerics/isClass.js';
import { where } from '../../numerics/portable.js';
import { over } from '../../numerics/scalars.js';
import { stretch, sum } from '../../numerics/sum.js';
import { pick } from '../common/classes.js';
import { add, expandDims, logicalNot, mul } from '../../tfjs/ops.js';

export interface MultiMarginOptions extends ClassAxisOption {
  /** The power of each shortfall: 1 (default) or 2. */
  readonly p: 1 | 2;
  /** How far the score of the true class is to lie above every other. Default 1. */
  readonly margin: number;
  /** One weight per class, `[C]`: how much a label of that class counts. Default null, all alike. */
  readonly classWeights: TensorInput | null;
}

/**
 * Multi-margin loss of scores x for a class index y: w_y·Σ_{c≠y} max(0, m − x_y + x_c)^p ÷ C.
 *
 * Shapes `(...),(...,C)->(...)`. In the units of the scores, or their square.
 *
 * `reduction: 'weightedMean'` divides by the summed class weights of the labels, which PyTorch does not.
 *
 * @throws if the shapes do not fit, a label is no class index, or an option is unknown or out of range.
 * @see PyTorch `multi_margin_loss`; Crammer & Singer (2001), Journal of Machine Learning Research 2, 265-292.
 * @example multiMargin([1], [[0.5, 1, 0.75]]) // [0.4167]
 * @function
 */
export const multiMargin: Loss<MultiMarginOptions> = /* @__PURE__ */ defineLoss<MultiMarginOptions>({
  name: 'multiMargin',
  signature: '(...),(...,C)->(...)',
  domains: [classIndex, real],
  options: { p: [1, oneOrTwo], margin: [1, margin], classWeights: [null, perClass], axis: [-1, axes] },
  formula: ({ labels, predictions }, { p, margin, classWeights }) => {
    const classes = predictions.shape.at(-1) ?? 1;
    const atLabel = isClass(labels, classes);
    const isWrong = constant(() => logicalNot(atLabel));
    // Halves of the shortfalls, which may be beyond float32 where their mean is not.
    const ofLabel = stretch(expandDims(pick(predictions, atLabel), -1), predictions.shape);
    const halves = where(isWrong, relu(add(over(margin, 2), halfDifference(predictions, ofLabel))), 0);
    const parts = mul((2 * p) / classes, halves);
    const values = sum(p === 2 ? mul(parts, halves) : parts, -1);
    if (classWeights === null) return values;
    const ownWeight = pick(classWeights as Tensor, atLabel);
    return { values: mulNoNan(ownWeight, values), ownWeight };
  },
});
