import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { classIndex, logit } from '../../definition/domain.js';
import { axes, exponent, fraction } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { exp, mulNoNan } from '../../numerics/functions.js';
import { isClass } from '../../numerics/isClass.js';
import { where } from '../../numerics/portable.js';
import { minus, over, plus } from '../../numerics/scalars.js';
import { logSoftmax, logSoftmaxAt, softmaxOfOthersAt } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { add, mul, neg } from '../../tfjs/ops.js';
import { focusFactor } from '../common/surprises.js';

export interface AsymmetricSingleLabelOptions extends ClassAxisOption {
  /** The power γ₊ of 1 − p of the label's class. Default 1. */
  readonly gammaPositive: number;
  /** The power γ₋ of p of all other classes. Default 4. */
  readonly gammaNegative: number;
  /** Share s, from 0 to 1, of each label that is spread evenly over all classes. Default 0.1. */
  readonly labelSmoothing: number;
}

/** Bounds what a power below 1 divides by in derivatives. */
const EPSILON = 1e-7;

/**
 * Asymmetric loss of class indices y: −(1 − s + s/C)·(1 − p_y)^γ₊·ln p_y − (s/C)·Σ_{c≠y} p_c^γ₋·ln p_c, with p = softmax(x) of
 * the logits x of C classes.
 *
 * Shapes `(...),(...,C)->(...)`; labels may have a last axis of 1. In nats.
 *
 * @throws if the shapes do not fit, a label is no class index, or an option is unknown or out of range. Labels that lie on a
 * GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Ridnik et al. (2021), doi:10.1109/ICCV48922.2021.00015; timm `AsymmetricLossSingleLabel`.
 * @example asymmetricSingleLabel([1], [[0, 0]]) // [0.3314]
 * @function
 */
export const asymmetricSingleLabel: Loss<AsymmetricSingleLabelOptions> =
  /* @__PURE__ */ defineLoss<AsymmetricSingleLabelOptions>({
    name: 'asymmetricSingleLabel',
    signature: '(...),(...,C)->(...)',
    domains: [classIndex, logit],
    options: {
      gammaPositive: [1, exponent],
      gammaNegative: [4, exponent],
      labelSmoothing: [0.1, fraction],
      axis: [-1, axes],
    },
    formula: ({ labels, predictions }, { gammaPositive, gammaNegative, labelSmoothing }) => {
      const classes = predictions.shape.at(-1) ?? 1;
      const atLabel = isClass(labels, classes);
      const factor = focusFactor(softmaxOfOthersAt(predictions, atLabel), gammaPositive, EPSILON);
      const ofLabel = neg(mul(factor, logSoftmaxAt(predictions, atLabel)));
      if (labelSmoothing === 0) return ofLabel;
      const share = over(labelSmoothing, classes);
      const ofOthers = sum(where(atLabel, 0, focusedSurprises(predictions, gammaNegative)), -1);
      return add(mul(plus(minus(1, labelSmoothing), share), ofLabel), mul(share, ofOthers));
    },
  });

/** −p^γ·ln p of each class. */
function focusedSurprises(logits: Tensor, gamma: number): Tensor {
  const logP = logSoftmax(logits);
  return neg(gamma === 0 ? logP : mulNoNan(exp(mul(gamma, logP)), logP));
}
