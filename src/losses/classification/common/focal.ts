import type { Tensor } from '@tensorflow/tfjs-core';
import { exponent, labelOrNull, scalarOrPerClass } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { boundedPower, mulNoNan } from '../../../numerics/functions.js';
import { sum, times } from '../../../numerics/sum.js';
import { classPredictionOptions, type ClassPredictionOptions } from '../../common/classPredictionOptions.js';
import { distributionOf } from '../../common/classes.js';
import { mul, neg, sub } from '../../../tfjs/ops.js';
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
  const { p, logP } = distributionOf(predictions, options);
  const factor = times(alpha as Tensor | number, boundedPower(sub(1, p), gamma, epsilon));
  const y = smoothed(labels, labelSmoothing, predictions.shape.at(-1) ?? 1);
  return neg(sum(mulNoNan(mul(factor, y), logP), -1));
}
