import type { Tensor } from '@tensorflow/tfjs-core';
import { flag, positive } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { bounded, exp } from '../../../numerics/functions.js';
import { larger } from '../../../numerics/scalars.js';
import { mul, square, sub } from '../../../tfjs/ops.js';
import { halfDeviance } from './halfDeviance.js';
import { asItIs, byLogarithm } from './mean.js';

/** The options of deviances. */
export interface DevianceOptions {
  /** Predictions are logarithms x of the mean, not the mean μ. Default false. */
  readonly logInput: boolean;
  /** Lower bound of means, and of labels where their logarithms or negative powers are taken. Default 1e-7. */
  readonly epsilon: number;
}

export const devianceOptions: OptionSchema<DevianceOptions> = { logInput: [false, flag], epsilon: [1e-7, positive] };

/** The logarithm of a number that is finite for sure. */
const LARGEST = 87;

/** The deviance of the family whose variance is μᵖ, twice what `halfDeviance` says. */
export function deviance(
  labels: Tensor,
  predictions: Tensor,
  p: number,
  { logInput, epsilon }: DevianceOptions,
): Tensor {
  if (p === 0) return square(sub(labels, logInput ? exp(predictions) : predictions));
  // Bounds for ln μ. Beyond, a deviance is Infinity, and might be NaN: a factor that is given as two roots has to have
  // finite ones, and for p > 2 the smaller of two powers that are subtracted has to be finite. e⁸⁹ is Infinity.
  const low = p > 1 ? Math.max((2 * LARGEST) / (1 - p), p > 2 ? LARGEST / (2 - p) : -Infinity) : -Infinity;
  const high = p < 2 ? (p < 1 ? 2 * LARGEST : 89) / (2 - p) : Infinity;
  const means = logInput
    ? bounded(predictions, low, high)
    : bounded(predictions, larger(epsilon, Math.exp(low)), Math.exp(high));
  const y = p < 1 ? bounded(labels, -Infinity, Math.exp(high)) : labels;
  return mul(2, halfDeviance(y, means, { mean: logInput ? byLogarithm : asItIs, p, epsilon }));
}
