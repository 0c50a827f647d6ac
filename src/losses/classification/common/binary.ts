import {
  entryAxis,
  flag,
  fraction,
  labelOrNull,
  probabilityFloor,
  scalarOrPerLast,
} from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';

/** The options of cross-entropies of a label between 0 and 1 and the probability of a 1. */
export interface BinaryOptions {
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Share s, from 0 to 1, by which labels are drawn towards ½: y·(1 − s) + s/2. Default 0. */
  readonly labelSmoothing: number;
  /** How much a positive label counts: a number, or one per entry of an axis. Default null, 1. */
  readonly posWeight: TensorInput | null;
  /** The axis along which `posWeight` has its entries, 1 where channels come first. Default null, the last. */
  readonly axis: number | null;
  /** Lower bound of p and 1 − p in the logarithm. Default 1e-7. */
  readonly epsilon: number;
  /** A label that marks positions which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

export const binaryOptions: OptionSchema<BinaryOptions> = {
  fromLogits: [false, flag],
  labelSmoothing: [0, fraction],
  posWeight: [null, scalarOrPerLast],
  axis: [null, entryAxis],
  epsilon: [1e-7, probabilityFloor],
  ignoreIndex: [null, labelOrNull],
};
