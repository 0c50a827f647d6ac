import { log, type Tensor } from '@tensorflow/tfjs-core';
import { logarithmBase, probabilityFloorOrNull } from '../../definition/kinds.js';
import type { OptionSchema } from '../../definition/options.js';
import type { BaseOption } from '../../definition/sharedOptions.js';
import { constant, withGradients } from '../../numerics/autodiff.js';
import { atLeast, boundedLog, mulNoNan, xLogX } from '../../numerics/functions.js';
import { logRatio } from '../../numerics/logRatio.js';
import { where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { sum } from '../../numerics/sum.js';
import { add, less, logicalAnd, mul, neg, sub } from '../../tfjs/ops.js';
import { scaleLogits } from './classes.js';
import { formatOptions, type FormatOptions, logOf, logWherePresent, probabilitiesOf } from './distribution.js';
import { divergenceOfLogits } from './divergenceOfLogits.js';

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

export type Formats = Pick<DivergenceOptions, 'predictionFormat' | 'labelFormat' | 'epsilon'>;

/** KL(y‖p) = Σ y·(ln y − ln p) over the last axis, in nats. */
export function kullbackLeibler(labels: Tensor, predictions: Tensor, formats: Formats, temperature: number): Tensor {
  if (formats.labelFormat === 'logits' && formats.predictionFormat === 'logits') {
    const [a, b] = [labels, predictions].map((given) => scaleLogits(given, { softcap: null, temperature }));
    return divergenceOfLogits(a as Tensor, b as Tensor);
  }
  return sum(termsOf(labels, predictions, formats, temperature), -1);
}

/** The terms y·(ln y − ln p) of each class. */
export function termsOf(
  labels: Tensor,
  predictions: Tensor,
  { predictionFormat, labelFormat, epsilon }: Formats,
  temperature: number,
): Tensor {
  if (labelFormat === 'probabilities' && predictionFormat === 'probabilities' && epsilon !== null) {
    return boundedTerms(epsilon)(labels, predictions);
  }
  const y = probabilitiesOf(labels, labelFormat, temperature);
  const logP =
    predictionFormat !== 'probabilities'
      ? logOf(predictions, predictionFormat, temperature)
      : epsilon === null
        ? logWherePresent(predictions, y)
        : boundedLog(predictions, epsilon);
  const yLogY = labelFormat === 'probabilities' ? xLogX(y) : mulNoNan(y, logOf(labels, labelFormat, temperature));
  return sub(yLogY, mulNoNan(y, logP));
}

/**
 * Keras's form: both sides bounded from below, y·ln(y ÷ p). The gradient is that of the unbounded formula with bounded
 * denominators, and none where both sides lie below the bound. That for a label below it leaves out y·ln y.
 */
const boundedTerms = (epsilon: number): ((labels: Tensor, predictions: Tensor) => Tensor) => {
  const isBelow = (x: Tensor): Tensor => constant(() => less(x, epsilon));
  const inside = (x: Tensor): Tensor => atLeast(x, epsilon);
  const ratioOf = (labels: Tensor, predictions: Tensor): Tensor => logRatio(inside(labels), inside(predictions));
  return withGradients(
    // Where both are bounded, they are equal.
    (labels, predictions) => mul(inside(labels), ratioOf(labels, predictions)),
    (dy, labels, predictions) => {
      const isAbsent = constant(() => logicalAnd(isBelow(labels), isBelow(predictions)));
      const ofLabels = where(isBelow(labels), neg(log(inside(predictions))), add(1, ratioOf(labels, predictions)));
      const ofPredictions = neg(ratio(inside(labels), inside(predictions)));
      return [where(isAbsent, 0, mul(dy, ofLabels)), where(isAbsent, 0, mul(dy, ofPredictions))];
    },
  );
};
