import type { Tensor } from '@tensorflow/tfjs-core';
import type { TensorInput } from '../../definition/tensorInput.js';
import { constant } from '../../numerics/autodiff.js';
import { boundedLog, boundedLogOfShare, boundedPower, exp, mulNoNan, softplus } from '../../numerics/functions.js';
import { softplusExcess } from '../../numerics/logistic.js';
import { representable, where } from '../../numerics/portable.js';
import { times } from '../../numerics/sum.js';
import { add, less, mul, neg, sub } from '../../tfjs/ops.js';

/** How predictions of a label between 0 and 1 are to be read, and how much a positive one counts. */
interface BinaryPredictions {
  readonly fromLogits: boolean;
  readonly posWeight: TensorInput | null;
  readonly epsilon: number;
}

/** −w·y·ln p − (1 − y)·ln(1 − p), of labels that are smoothed already. */
export function binarySurprise(
  labels: Tensor,
  predictions: Tensor,
  { fromLogits, posWeight, epsilon }: BinaryPredictions,
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

/** A surprise times the power γ of what is given by its logarithm. */
export const focused = (gamma: number, logOfRest: Tensor, surprise: Tensor): Tensor =>
  gamma === 0 ? surprise : mul(exp(mul(gamma, logOfRest)), surprise);

/** −p^γ·ln(1 − p), the loss of a label of 0: of probabilities p or of their logits. */
export function focusedOnZero(
  predictions: Tensor,
  gamma: number,
  { fromLogits, epsilon }: Pick<BinaryPredictions, 'fromLogits' | 'epsilon'>,
): Tensor {
  if (fromLogits) {
    const [ifPositive, ifNegative] = logitSurprises(predictions);
    return focused(gamma, neg(ifPositive), ifNegative);
  }
  const logOfRest = boundedLogOfShare(sub(1, predictions), predictions, epsilon);
  return mul(focusFactor(predictions, gamma, epsilon), neg(logOfRest));
}

/**
 * (1 − p)^γ of what is missing, 1 − p, as the factor of a loss that is 0 where nothing is missing: its derivative has to be
 * finite there, and no more than that.
 */
export const focusFactor = (missing: Tensor, gamma: number, epsilon: number): Tensor =>
  boundedPower(missing, gamma, epsilon, representable(1e-37));
