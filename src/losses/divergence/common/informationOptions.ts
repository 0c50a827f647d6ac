import { axes, flag, logarithmBase } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { BaseOption, ClassAxisOption } from '../../../definition/sharedOptions.js';

/** The options of entropy and cross-entropy as information theory has them. */
export interface InformationOptions extends BaseOption, ClassAxisOption {
  /** The (last) distribution is given as logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
}

export const informationOptions: OptionSchema<InformationOptions> = {
  fromLogits: [false, flag],
  base: [Math.E, logarithmBase],
  axis: [-1, axes],
};
