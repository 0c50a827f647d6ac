import { relu, type Tensor } from '@tensorflow/tfjs-core';
import { constant } from '../../numerics/autodiff.js';
import { boundedLogOfShare, complement, knownLog, maxWhere, mulNoNan } from '../../numerics/functions.js';
import { isClass } from '../../numerics/isClass.js';
import { logNormalized, normalized, normalizedOthers } from '../../numerics/normalized.js';
import { any, where } from '../../numerics/portable.js';
import {
  halfLogSoftmax,
  logSoftmaxAt,
  logSumExp,
  othersByHalfLog,
  softmaxOfOthersAt,
  sumTimesLogSoftmax,
} from '../../numerics/softmax.js';
import { softcapped } from '../../numerics/softcap.js';
import { sum, times } from '../../numerics/sum.js';
import { add, div, logicalNot, mul, sub } from '../../tfjs/ops.js';

/** Between which predictions a loss means something that divides them by their sum. */
export const NORMALIZED = [0, Infinity] as const;

/** How predictions over the class axis are to be read. */
export interface ClassPredictions {
  readonly fromLogits: boolean;
  readonly epsilon: number;
}

/** Logits after softcap (c·tanh(x/c)) and temperature (x/T). */
export function scaleLogits(
  logits: Tensor,
  { softcap, temperature }: { readonly softcap: number | null; readonly temperature: number },
): Tensor {
  const capped = softcap === null ? logits : softcapped(logits, softcap);
  return temperature === 1 ? capped : div(capped, temperature);
}

/** Probabilities p over the class axis: softmax of logits, or given ones, made to sum to 1. */
export interface Classes {
  /**
   * w·y·ln p of each class, where a y or w of 0 annuls an infinite logarithm; y is one number or of the shape of predictions,
   * w one number, one for each class or null. Logarithms of given probabilities are bounded.
   */
  readonly timesLog: (y: Tensor | number, w: Tensor | number | null) => Tensor;
  /** Σ_c w_c·y_c·ln p_c. */
  readonly sumTimesLog: (y: Tensor, w: Tensor | null) => Tensor;
  /** 1 − p of each class. */
  readonly missing: () => Tensor;
}

export function classesOf(predictions: Tensor, { fromLogits, epsilon }: ClassPredictions): Classes {
  const product = (y: Tensor, w: Tensor | number | null): Tensor => (w === null ? y : times(w, y));
  if (fromLogits) {
    const half = halfLogSoftmax(predictions);
    return {
      // The two of half a logarithm stands at y, so that no derivative has it without w.
      timesLog: (y, w) => mulNoNan(product(mul(2, y), w), half),
      sumTimesLog: (y, w) => sumTimesLogSoftmax(product(y, w), predictions),
      missing: () => othersByHalfLog(half, predictions),
    };
  }
  const p = normalized(predictions);
  const timesLog: Classes['timesLog'] = (y, w) =>
    times(product(mul(1, y), w), knownLog(p, logNormalized(predictions, epsilon), epsilon));
  return {
    timesLog,
    sumTimesLog: (y, w) => sum(timesLog(y, w), -1),
    missing: () =>
      complement(
        p,
        constant(() => normalizedOthers(predictions)),
      ),
  };
}

/** The log-probability of one class of each row, `[...]`, which is chosen in `[..., C]`. */
export function logProbabilityAt(
  predictions: Tensor,
  atClass: Tensor,
  { fromLogits, epsilon }: ClassPredictions,
): Tensor {
  if (fromLogits) return logSoftmaxAt(predictions, atClass);
  const rest = constant(() => pick(normalizedOthers(predictions), atClass));
  return boundedLogOfShare(pick(normalized(predictions), atClass), rest, epsilon);
}

/** 1 − p of one class of each row, as `logProbabilityAt`. */
export function missingAt(
  predictions: Tensor,
  atClass: Tensor,
  { fromLogits }: Pick<ClassPredictions, 'fromLogits'>,
): Tensor {
  if (fromLogits) return softmaxOfOthersAt(predictions, atClass);
  const rest = constant(() => pick(normalizedOthers(predictions), atClass));
  return complement(pick(normalized(predictions), atClass), rest);
}

/** Adds zLoss·(ln Σ_c e^{x_c})², which keeps logits from drifting away together. */
export function plusZLoss(values: Tensor, logits: Tensor, zLoss: number): Tensor {
  if (zLoss === 0) return values;
  // Not the square, which is beyond float32 before its derivative is.
  const size = logSumExp(logits);
  return add(values, mul(mul(zLoss, size), size));
}

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
