import type { Tensor } from '@tensorflow/tfjs-core';
import {
  entryAxis,
  flag,
  fraction,
  labelOrNull,
  probabilityFloor,
  scalarOrPerLast,
} from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { constant } from '../../../numerics/autodiff.js';
import { boundedLog, boundedLogOfShare, mulNoNan, softplus } from '../../../numerics/functions.js';
import { softplusExcess } from '../../../numerics/logistic.js';
import { where } from '../../../numerics/portable.js';
import { times } from '../../../numerics/sum.js';
import { add, less, mul, neg, sub } from '../../../tfjs/ops.js';

/** The options of cross-entropies of a label between 0 and 1 and the probability of a 1. */
export interface BinaryOptions {
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Share s, from 0 to 1, by which labels are drawn towards ½: y·(1 − s) + s/2. Default 0. */
  readonly labelSmoothing: number;
  /** How much a positive label counts: a number, or one per entry of an axis. Default null, 1. */
  readonly posWeight: TensorInput | null;
  /** The axis along which `posWeight` has its entries, 1 where channels come first. Default null, the last. */
  readonly axis: number | null;
  /** Lower bound of p and 1 − p in the logarithm. Default 1e-7. */
  readonly epsilon: number;
  /** A label that marks positions which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

export const binaryOptions: OptionSchema<BinaryOptions> = {
  fromLogits: [false, flag],
  labelSmoothing: [0, fraction],
  posWeight: [null, scalarOrPerLast],
  axis: [null, entryAxis],
  epsilon: [1e-7, probabilityFloor],
  ignoreIndex: [null, labelOrNull],
};

/** −w·y·ln p − (1 − y)·ln(1 − p), of labels that are smoothed already. */
export function binarySurprise(
  labels: Tensor,
  predictions: Tensor,
  { fromLogits, posWeight, epsilon }: Pick<BinaryOptions, 'fromLogits' | 'posWeight' | 'epsilon'>,
): Tensor {
  const positive = posWeight === null ? labels : times(posWeight as Tensor | number, labels);
  const negative = sub(1, labels);
  if (!fromLogits) {
    const ifPositive = boundedLog(predictions, epsilon);
    const ifNegative = boundedLogOfShare(sub(1, predictions), predictions, epsilon);
    return neg(add(mul(positive, ifPositive), mul(negative, ifNegative)));
  }
  // −ln σ(x) is −x + ln(1 + eˣ): what is the same for both labels is left out of their difference.
  const isNegative = constant(() => less(predictions, 0));
  const slope = where(isNegative, neg(positive), negative);
  const excess = softplusExcess(predictions);
  const both = posWeight === null ? excess : mul(add(positive, negative), excess);
  return add(mulNoNan(slope, predictions), both);
}

/** −ln σ(x) and −ln(1 − σ(x)). */
export const logitSurprises = (x: Tensor): readonly [ifPositive: Tensor, ifNegative: Tensor] => [
  softplus(neg(x)),
  softplus(x),
];
