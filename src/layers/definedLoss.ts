import type { Loss } from '../definition/definition.js';
import { defaultsOf } from '../definition/options.js';

/** A loss of this package that one formula defines. */
export type DefinedLoss = Loss<Record<string, unknown>>;

export const isDefined = (loss: unknown): loss is DefinedLoss => typeof loss === 'function' && 'definition' in loss;

/** The options of a loss: those that are fixed, and the defaults of the others. */
export const optionsOf = ({ definition, fixed }: DefinedLoss): Readonly<Record<string, unknown>> => ({
  ...defaultsOf(definition.options),
  ...fixed,
});
