import { axes, flag, fraction, probabilityFloor } from '../../definition/kinds.js';
import type { OptionSchema } from '../../definition/options.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';

/** The options of losses of labels and predictions that are distributions over a class axis. */
export interface ClassPredictionOptions extends ClassAxisOption {
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Share s, from 0 to 1, of each label that is spread evenly over all classes. Default 0. */
  readonly labelSmoothing: number;
  /** Lower bound of probabilities in the logarithm. Default 1e-7. */
  readonly epsilon: number;
}

export const classPredictionOptions: OptionSchema<ClassPredictionOptions> = {
  fromLogits: [false, flag],
  labelSmoothing: [0, fraction],
  epsilon: [1e-7, probabilityFloor],
  axis: [-1, axes],
};
