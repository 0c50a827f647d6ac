import { within } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { PairMargins } from './pairMargins.js';
import { type PairOptions, pairOptions } from './pairOptions.js';

/** The options of the lifted structure losses. */
export interface LiftedOptions extends PairOptions, PairMargins {
  /** The distance m₊, or similarity, that is taken off those of pairs of the same label. Default 0. */
  readonly positiveMargin: number;
  /** The distance m₋, or similarity, off which those of pairs of different labels are taken. Default 1. */
  readonly negativeMargin: number;
}

export const liftedOptions: OptionSchema<LiftedOptions> = {
  positiveMargin: [0, /* @__PURE__ */ within(-1e15, 1e15)],
  negativeMargin: [1, /* @__PURE__ */ within(-1e15, 1e15)],
  .../* @__PURE__ */ pairOptions('euclidean'),
};
