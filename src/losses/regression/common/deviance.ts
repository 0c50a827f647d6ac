import { greater, log, pow, type Tensor } from '@tensorflow/tfjs-core';
import { flag, positive } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import { constant, withGradient } from '../../../numerics/autodiff.js';
import { bounded, exp, expm1, mulNoNan } from '../../../numerics/functions.js';
import { where } from '../../../numerics/portable.js';
import { larger } from '../../../numerics/scalars.js';
import { add, div, mul, square, sub } from '../../../tfjs/ops.js';

/** The options of deviances. */
export interface DevianceOptions {
  /** Predictions are logarithms x of the mean, not the mean μ. Default false. */
  readonly logInput: boolean;
  /** Lower bound of means, and of labels where their logarithms or negative powers are taken. Default 1e-7. */
  readonly epsilon: number;
}

export const devianceOptions: OptionSchema<DevianceOptions> = { logInput: [false, flag], epsilon: [1e-7, positive] };

/**
 * 2·(y·(f₁₋ₚ(y) − f₁₋ₚ(μ)) − (f₂₋ₚ(y) − f₂₋ₚ(μ))) with fₖ(x) = xᵏ/k, and f₀ = ln: the deviance of the family whose
 * variance is μᵖ. Written as differences, it is exactly 0 at y = μ.
 */
export function deviance(
  labels: Tensor,
  predictions: Tensor,
  p: number,
  { logInput, epsilon }: DevianceOptions,
): Tensor {
  if (p === 0) return square(sub(labels, logInput ? exp(predictions) : predictions));
  // Bounds for ln μ. Beyond, a power would be Infinity, which is e⁸⁹, and soon both. For p < 1 labels have large powers
  // too; there, all stay finite.
  const low = p > 1 ? 89 / (1 - p) : -Infinity;
  const high = p < 2 ? (p < 1 ? 87 : 89) / (2 - p) : Infinity;
  const mean = logInput
    ? bounded(predictions, low, high)
    : bounded(predictions, larger(epsilon, Math.exp(low)), Math.exp(high));
  const y = p < 1 ? bounded(labels, -Infinity, Math.exp(high)) : labels;
  const raised = p < 2 ? y : bounded(labels, epsilon);
  const isPositive = constant(() => greater(raised, 0));
  const positiveY = where(isPositive, raised, 1);

  const ofMean = (k: number): Tensor => (logInput ? primitiveOfExp(mean, k) : primitive(mean, k));
  // At 0 a derivative that is infinite is left out.
  const ofLabel = (k: number): Tensor => (k === 1 ? y : where(isPositive, primitive(positiveY, k), -offset(k)));
  const first = ofLabel(1 - p);
  const half = sub(mulNoNan(y, sub(first, ofMean(1 - p))), sub(ofLabel(2 - p), ofMean(2 - p)));
  // Only powers of y have a bound, y itself has none.
  return mul(2, p < 2 ? half : add(half, mul(sub(raised, y), first)));
}

/** Near k = 0, 1/k is left out of the powers, which are close to it: differences are the same, and keep their digits. */
const offset = (k: number): number => (k !== 0 && Math.abs(k) < 0.5 ? 1 / k : 0);

function primitive(x: Tensor, k: number): Tensor {
  if (k === 0) return log(x);
  return offset(k) === 0 ? div(pow(x, k), k) : div(expm1(mul(k, log(x))), k);
}

/** The same of eˣ, where a derivative that is multiplied by 0 is 0 also if the power is Infinity. */
function primitiveOfExp(x: Tensor, k: number): Tensor {
  if (k === 0) return x;
  return withGradient(
    (input) => div((offset(k) === 0 ? exp : expm1)(mul(k, input)), k),
    (dy, input) => mulNoNan(dy, exp(mul(k, input))),
  )(x);
}
