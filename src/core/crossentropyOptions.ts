import {
  axes,
  flag,
  fraction,
  logarithmBase,
  nonNegative,
  perClass,
  positive,
  positiveOrNull,
  probabilityFloor,
} from './kinds.js';
import type { OptionSchema, TensorInput } from './options.js';
import type { BaseOption, ClassAxisOption } from './sharedOptions.js';

/** The options of cross-entropies over a class axis. */
export interface CrossentropyOptions extends BaseOption, ClassAxisOption {
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Share s, from 0 to 1, of each label that is spread evenly over all classes. Default 0. */
  readonly labelSmoothing: number;
  /** One weight per class, `[C]`: how much a label of that class counts. Default null, all alike. */
  readonly classWeights: TensorInput | null;
  /** Divides the logits, after `softcap`. Default 1. */
  readonly temperature: number;
  /** Bounds the logits x softly to ±softcap: softcap·tanh(x ÷ softcap). Default null, no bound. */
  readonly softcap: number | null;
  /** Factor of the squared log-sum-exp of the logits, which keeps them from drifting. Default 0. */
  readonly zLoss: number;
  /** Lower bound of probabilities in the logarithm. Default 1e-7. */
  readonly epsilon: number;
}

export const crossentropyOptions: OptionSchema<CrossentropyOptions> = {
  fromLogits: [false, flag],
  labelSmoothing: [0, fraction],
  classWeights: [null, perClass],
  temperature: [1, positive],
  softcap: [null, positiveOrNull],
  zLoss: [0, nonNegative],
  base: [Math.E, logarithmBase],
  epsilon: [1e-7, probabilityFloor],
  axis: [-1, axes],
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
