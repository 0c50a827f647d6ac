import type { Definition } from '../definition/definition.js';
import { fail } from '../definition/fail.js';
import type { Json, KerasTarget, LossConfig } from '../definition/kerasFacts.js';
import type { Reduction, ResolvedCommon } from '../definition/options.js';

/** A sum of losses, as far as a config tells of it. */
export interface Combination {
  readonly parts: Readonly<
    Record<
      string,
      {
        readonly loss: { config(target?: KerasTarget): LossConfig };
        readonly weight: number;
        /** The columns that inputs take, by name. Undefined: the part takes what the sum takes. */
        readonly columns: Readonly<Record<string, Json>> | undefined;
      }
    >
  >;
  readonly reduction: Reduction | undefined;
}

/** What writes losses as JSON, each by its name and for a version of Keras. */
export interface ConfigWriters {
  readonly loss: <O extends object>(
    definition: Definition<O>,
    options: O & ResolvedCommon,
    target: KerasTarget | undefined,
  ) => LossConfig;
  readonly combination: (name: string, combination: Combination, target: KerasTarget | undefined) => LossConfig;
}

/*
 * What most applications of a loss never ask for. `config/index.ts` fills the slots: it is part of the usual entries, and in
 * `tfjs-losses/lite` of whatever writes losses.
 */
export const configSlot: { -readonly [Name in keyof ConfigWriters]?: ConfigWriters[Name] } = {};

/** The config of a loss, by what is in the slot. */
export const configOf: ConfigWriters['loss'] = (definition, ...rest) =>
  (configSlot.loss ?? missing(definition.name))(definition, ...rest);

/** The config of a sum of losses, by what is in the slot. */
export const combinedConfigOf: ConfigWriters['combination'] = (name, ...rest) =>
  (configSlot.combination ?? missing(name))(name, ...rest);

const missing = (who: string): never =>
  fail(who, 'config is left out of tfjs-losses/lite; expected toKeras of tfjs-losses/lite/keras');
