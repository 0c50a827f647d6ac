import type { Definition } from '../definition/definition.js';
import { fail } from '../definition/fail.js';
import type { KerasTarget, LossConfig } from '../definition/kerasFacts.js';
import type { ResolvedCommon } from '../definition/options.js';

/** Writes a loss with these options as JSON. */
export type ConfigWriter = <O extends object>(
  definition: Definition<O>,
  options: O & ResolvedCommon,
  target: KerasTarget | undefined,
) => LossConfig;

/*
 * What most applications of a loss never ask for. `config/index.ts` fills the slot: it is part of the usual entries, and in
 * `tfjs-losses/lite` of whatever writes losses.
 */
export const configSlot: { write?: ConfigWriter } = {};

/** The config of a loss, by what is in the slot. */
export const configOf: ConfigWriter = (definition, options, target) => {
  const { write } = configSlot;
  if (!write) {
    fail(
      definition.name,
      'config is left out of tfjs-losses/lite; expected toKeras of tfjs-losses/lite/keras, which brings it',
    );
  }
  return write(definition, options, target);
};
