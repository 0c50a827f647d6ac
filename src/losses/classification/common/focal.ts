import type { Tensor } from '@tensorflow/tfjs-core';
import { exponent, labelOrNull, scalarOrPerClass } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { mulNoNan } from '../../../numerics/functions.js';
import { isClass } from '../../../numerics/isClass.js';
import { cast } from '../../../numerics/portable.js';
import { sum, times } from '../../../numerics/sum.js';
import { classPredictionOptions, type ClassPredictionOptions } from '../../common/classPredictionOptions.js';
import { focusFactor } from '../../common/surprises.js';
import { classesOf, logProbabilityAt, missingAt, pick } from '../../common/classes.js';
import { mul, neg } from '../../../tfjs/ops.js';
import { smoothed } from './smoothed.js';

/** The option of every focal loss. */
export interface FocusOption {
  /** The power γ of 1 − p: how much less a prediction counts that is right already. 0: not less. Default 2. */
  readonly gamma: number;
}

/** The options of focal losses over a class axis. */
export interface CategoricalFocalOptions extends ClassPredictionOptions, FocusOption {
  /** How much a label counts: a number, or one per class, `[C]`. Default 0.25. */
  readonly alpha: TensorInput;
  /** A class index that marks positions which do not count, such as -1 or -100. Default null, none. */
  readonly ignoreIndex: number | null;
}

export const categoricalFocalOptions: OptionSchema<CategoricalFocalOptions> = {
  ...classPredictionOptions,
  gamma: [2, exponent],
  alpha: [0.25, scalarOrPerClass],
  ignoreIndex: [null, labelOrNull],
};

/** −Σ_c α_c·(1 − p_c)^γ·y_c·ln p_c. */
export function categoricalFocal(labels: Tensor, predictions: Tensor, options: CategoricalFocalOptions): Tensor {
  const { alpha, gamma, labelSmoothing, epsilon } = options;
  const y = smoothed(labels, labelSmoothing, predictions.shape.at(-1) ?? 1);
  const { timesLog, missing } = classesOf(predictions, options);
  const factor = focusFactor(missing(), gamma, epsilon);
  return neg(sum(mul(factor, timesLog(y, alpha as Tensor | number)), -1));
}

/** The same of class indices, and without smoothing of the label's class alone: −α_y·(1 − p_y)^γ·ln p_y. */
export function sparseCategoricalFocal(labels: Tensor, predictions: Tensor, options: CategoricalFocalOptions): Tensor {
  const { alpha, gamma, labelSmoothing, epsilon } = options;
  const atLabel = isClass(labels, predictions.shape.at(-1) ?? 1);
  if (labelSmoothing !== 0) return categoricalFocal(cast(atLabel, 'float32'), predictions, options);
  const ownAlpha = typeof alpha === 'number' ? alpha : pick(alpha as Tensor, atLabel);
  const factor = times(ownAlpha, focusFactor(missingAt(predictions, atLabel, options), gamma, epsilon));
  return neg(mulNoNan(factor, logProbabilityAt(predictions, atLabel, options)));
}
