import { relu, type Tensor } from '@tensorflow/tfjs-core';
import { constant, withGradient } from '../../numerics/autodiff.js';
import { atLeast, boundedLog, exp, logSoftmax, logSumExp, maxWhere, tanh } from '../../numerics/functions.js';
import { isClass } from '../../numerics/isClass.js';
import { any, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { add, div, equal, logicalNot, max, mul, square, sub } from '../../tfjs/ops.js';

/** Between which predictions a loss means something that divides them by their sum. */
export const NORMALIZED = [0, Infinity] as const;

/** How predictions over the class axis are to be read. */
export interface ClassPredictions {
  readonly fromLogits: boolean;
  readonly epsilon: number;
  readonly softcap: number | null;
  readonly temperature: number;
}

/** Logits after softcap (c·tanh(x/c)) and temperature (x/T). */
export function scaleLogits(
  logits: Tensor,
  { softcap, temperature }: Pick<ClassPredictions, 'softcap' | 'temperature'>,
): Tensor {
  const capped = softcap === null ? logits : mul(softcap, tanh(div(logits, softcap)));
  return temperature === 1 ? capped : div(capped, temperature);
}

/** Log-probabilities: of logits by log-softmax, of probabilities (made to sum to 1) by a bounded logarithm. */
export function logProbabilities(predictions: Tensor, options: ClassPredictions): Tensor {
  if (options.fromLogits) return logSoftmax(scaleLogits(predictions, options));
  return boundedLog(normalized(predictions), options.epsilon);
}

/** Probabilities, and their logarithms as `logProbabilities` gives them. */
export function distributionOf(
  predictions: Tensor,
  { fromLogits, epsilon }: Pick<ClassPredictions, 'fromLogits' | 'epsilon'>,
): { readonly p: Tensor; readonly logP: Tensor } {
  if (!fromLogits) {
    const p = normalized(predictions);
    return { p, logP: boundedLog(p, epsilon) };
  }
  const logP = logSoftmax(predictions);
  return { p: exp(logP), logP };
}

/** Adds zLoss·(ln Σ_c e^{x_c})², which keeps logits from drifting away together. */
export function plusZLoss(
  values: Tensor,
  logits: Tensor,
  options: ClassPredictions & { readonly zLoss: number },
): Tensor {
  if (options.zLoss === 0) return values;
  return add(values, mul(options.zLoss, square(logSumExp(scaleLogits(logits, options)))));
}

/**
 * Divided by their sum s over the class axis; a row of zeros stays one. The derivative, (dy − Σ dy·p)/s, subtracts
 * before it divides: both parts of the quotient rule are beyond float32 where s is small and dy large.
 */
export const normalized: (probabilities: Tensor) => Tensor = withGradient(
  (x) => {
    const scaled = div(x, largest(x));
    return div(scaled, sumOfScaled(scaled));
  },
  (dy, x) => {
    const p = normalized(x);
    const scale = mul(largest(x), sumOfScaled(div(x, largest(x))));
    return div(sub(dy, sum(mul(dy, p), -1, true)), scale);
  },
);

const sumOfScaled = (scaled: Tensor): Tensor => atLeast(sum(scaled, -1, true), 1);

/** The largest of each row, by which it is divided first so that no sum overflows; 1 for a row of zeros. */
const largest = (x: Tensor): Tensor =>
  constant(() => {
    const of = max(x, -1, true);
    return where(equal(of, 0), 1, of);
  });

/** The entry of each row, or of one row for all, at its class. Differentiable on every backend, which `gather` is not. */
export function pick(x: Tensor, atClass: Tensor): Tensor {
  return sum(where(atClass, x, 0), -1);
}

/** By how much the best of the wrong scores, plus a margin, exceeds the right one: 0 if it does not, or none is wrong. */
export function shortfall(right: Tensor, scores: Tensor, isWrong: Tensor, margin: number): Tensor {
  const gap = add(margin, sub(maxWhere(scores, isWrong), right));
  return where(
    constant(() => any(isWrong, -1)),
    relu(gap),
    0,
  );
}

/** The shortfall of the score of each row's class against all others. */
export function shortfallOfClass(labels: Tensor, scores: Tensor, margin: number): Tensor {
  const atLabel = isClass(labels, scores.shape.at(-1) ?? 1);
  const isWrong = constant(() => logicalNot(atLabel));
  return shortfall(pick(scores, atLabel), scores, isWrong, margin);
}
