import { log, type Tensor } from '@tensorflow/tfjs-core';
import { logarithmBase, probabilityFloorOrNull } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { BaseOption } from '../../../definition/sharedOptions.js';
import { constant } from '../../../numerics/autodiff.js';
import { atLeast, bounded, boundedLog, mulNoNan, xLogX } from '../../../numerics/functions.js';
import { where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';
import { less, logicalAnd, mul, sub } from '../../../tfjs/ops.js';
import { formatOptions, type FormatOptions, logOf, logWherePresent, probabilitiesOf } from './distribution.js';

/** The options of Kullback-Leibler divergence and its kin. */
export interface DivergenceOptions extends FormatOptions, BaseOption {
  /** Lower bound of probabilities: of predictions, and as in Keras of labels if both are. Null: none. Default 1e-7. */
  readonly epsilon: number | null;
}

export const divergenceOptions: OptionSchema<DivergenceOptions> = {
  ...formatOptions,
  epsilon: [1e-7, probabilityFloorOrNull],
  base: [Math.E, logarithmBase],
};

type Formats = Pick<DivergenceOptions, 'predictionFormat' | 'labelFormat' | 'epsilon'>;

/** KL(y‖p) = Σ y·(ln y − ln p) over the last axis, in nats. */
export function kullbackLeibler(
  labels: Tensor,
  predictions: Tensor,
  { predictionFormat, labelFormat, epsilon }: Formats,
  temperature: number,
): Tensor {
  if (labelFormat === 'probabilities' && predictionFormat === 'probabilities' && epsilon !== null) {
    return boundedDivergence(labels, predictions, epsilon);
  }
  const y = probabilitiesOf(labels, labelFormat, temperature);
  const logP =
    predictionFormat !== 'probabilities'
      ? logOf(predictions, predictionFormat, temperature)
      : epsilon === null
        ? logWherePresent(predictions, y)
        : boundedLog(predictions, epsilon);
  const yLogY = labelFormat === 'probabilities' ? xLogX(y) : mulNoNan(y, logOf(labels, labelFormat, temperature));
  return sum(sub(yLogY, mulNoNan(y, logP)), -1);
}

/**
 * Keras's form: both sides bounded from below. The gradient is that of the unbounded formula with bounded
 * denominators, and none where both sides lie below the bound.
 */
function boundedDivergence(labels: Tensor, predictions: Tensor, epsilon: number): Tensor {
  const isAbsent = constant(() => logicalAnd(less(labels, epsilon), less(predictions, epsilon)));
  const y = atLeast(labels, epsilon);
  const cross = mul(bounded(labels, epsilon), boundedLog(predictions, epsilon));
  return sum(where(isAbsent, 0, sub(mul(y, log(y)), cross)), -1);
}
