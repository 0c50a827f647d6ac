import type { Tensor } from '@tensorflow/tfjs-core';
import type { Unreduced } from '../../definition/definition.js';
import { mulNoNan } from '../../numerics/functions.js';
import { isClass } from '../../numerics/isClass.js';
import { minus, over } from '../../numerics/scalars.js';
import { sum } from '../../numerics/sum.js';
import { add, mul, neg } from '../../tfjs/ops.js';
import { logProbabilityAt, pick, plusZLoss, scaleLogits, classesOf } from './classes.js';
import type { CrossentropyOptions } from './crossentropyOptions.js';

/** −(1 − s)·w_y·ln p_y − s/C·Σ_c w_c·ln p_c, plus zLoss·(ln Σ_c e^{x_c})², of class indices y. */
export function sparseCrossentropy(labels: Tensor, predictions: Tensor, options: CrossentropyOptions): Unreduced {
  const { classWeights, labelSmoothing } = options;
  const weights = classWeights as Tensor | null;
  const classes = predictions.shape.at(-1) ?? 1;
  const atLabel = isClass(labels, classes);
  const ownWeight = weights === null ? null : pick(weights, atLabel);
  const scaled = scaleLogits(predictions, options);
  const logAtLabel = logProbabilityAt(scaled, atLabel, options);
  const likelihood = ownWeight === null ? logAtLabel : mulNoNan(ownWeight, logAtLabel);
  const spread = (): Tensor => sum(classesOf(scaled, options).timesLog(over(labelSmoothing, classes), weights), -1);
  const smooth = labelSmoothing === 0 ? likelihood : add(mul(minus(1, labelSmoothing), likelihood), spread());
  return { values: plusZLoss(neg(smooth), scaled, options.zLoss), ownWeight };
}

/** Whether that is nothing but the cross-entropy of logits. */
export function isPlain(options: CrossentropyOptions): boolean {
  const { fromLogits, temperature, softcap, zLoss, labelSmoothing, classWeights } = options;
  return (
    fromLogits && temperature === 1 && softcap === null && zLoss === 0 && labelSmoothing === 0 && classWeights === null
  );
}
