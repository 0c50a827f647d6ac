import { lengths, numbersAlong } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';

export interface CrfOptions {
  /** The score of each class as the first of a sequence, `[C]`. Default null, 0 for all. */
  readonly start: TensorInput | null;
  /** The score of each class as the last of a sequence, `[C]`. Default null, 0 for all. */
  readonly end: TensorInput | null;
  /** How many steps each example has, `[B]`, at least 1. Default null: a loss counts the labels, decoding takes all steps. */
  readonly lengths: TensorInput | null;
}

export const crfOptions: OptionSchema<CrfOptions> = {
  start: [null, /* @__PURE__ */ numbersAlong('C')],
  end: [null, /* @__PURE__ */ numbersAlong('C')],
  lengths: [null, /* @__PURE__ */ lengths('B', 'T', 1)],
};
