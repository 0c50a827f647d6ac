import { logarithmBase, nonNegative, perClass, positiveOrNull, temperature } from '../../definition/kinds.js';
import type { OptionSchema } from '../../definition/options.js';
import type { BaseOption } from '../../definition/sharedOptions.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { classPredictionOptions, type ClassPredictionOptions } from './classPredictionOptions.js';

/** The options of cross-entropies over a class axis. */
export interface CrossentropyOptions extends BaseOption, ClassPredictionOptions {
  /** One weight per class, `[C]`: how much a label of that class counts. Default null, all alike. */
  readonly classWeights: TensorInput | null;
  /** Divides the logits, after `softcap`. Default 1. */
  readonly temperature: number;
  /** Bounds the logits x softly to ±softcap: softcap·tanh(x ÷ softcap). Default null, no bound. */
  readonly softcap: number | null;
  /** Factor of the squared log-sum-exp of the logits, which keeps them from drifting. Default 0. */
  readonly zLoss: number;
}

export const crossentropyOptions: OptionSchema<CrossentropyOptions> = {
  ...classPredictionOptions,
  classWeights: [null, perClass],
  temperature: [1, temperature],
  softcap: [null, positiveOrNull],
  zLoss: [0, nonNegative],
  base: [Math.E, logarithmBase],
};

/** Some options mean something for logits only. */
export function crossentropyConflict({
  fromLogits,
  temperature,
  softcap,
  zLoss,
}: CrossentropyOptions): string | undefined {
  const given = { temperature: temperature !== 1, softcap: softcap !== null, zLoss: zLoss !== 0 };
  const stray = Object.entries(given).filter(([, isGiven]) => isGiven && !fromLogits);
  return stray.length === 0
    ? undefined
    : `${stray.map(([name]) => name).join(', ')} acts on logits; expected fromLogits: true`;
}
