import { readReduction, snakeCase, type Json, type KerasFacts, type KerasTarget } from '../core/config.js';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Definition, Loss } from '../core/define.js';
import { fail, show } from '../core/fail.js';
import { findLoss, getLoss } from '../getLoss.js';
import { averagedOverLast, isAveragedInKeras } from './averaged.js';
import { isOfThisPackage, registeredParts } from './registered.js';
import { combine, type CombinedLoss, type Part } from '../losses/composition/combine.js';

export interface ReadOptions extends KerasTarget {
  /** Losses that are not of this package, by the names that they have in the config. */
  readonly customObjects?: Readonly<Record<string, (labels: Tensor, predictions: Tensor) => Tensor>>;
}

/** A loss about whose options nothing is known in advance; a combination, or one of `customObjects`, is as it is. */
export type ConfiguredLoss = Loss<object>;

/** The same, as it is worked with here. */
export type AnyLoss = Loss<Readonly<Record<string, unknown>>>;

/** Losses as configured, for one output or several. */
export type ConfiguredLosses =
  ConfiguredLoss | readonly (ConfiguredLoss | null)[] | { readonly [output: string]: ConfiguredLoss | null };

type Config = Readonly<Record<string, Json>>;

const who = 'fromConfig';

/** Who wrote a config that does not say it. */
const latestKeras = '3.15';

/**
 * The loss that a config of Keras describes: what `keras.losses.serialize` and `loss.config()` write, Keras 3 and
 * tf.keras (`"reduction": "auto"`, `fn`, no `module`), names and aliases such as `"mse"`, and lists or dictionaries of
 * these for the outputs of a model. Of the `training_config` of an H5 file or a converted model, and of the
 * `compile_config` of a `.keras` file, it is the loss.
 *
 * `kerasVersion` is the version that wrote the config: before 3.16 `Tversky` weighed false negatives by its α. Default:
 * before 3.16.
 *
 * @throws if there is no such loss, or it has no such option.
 * @see Keras `losses.deserialize`.
 * @example fromConfig({ class_name: 'Huber', config: { delta: 2 } })([0], [3]) // [4]
 */
export function fromConfig(config: string | Serialized, options?: ReadOptions): ConfiguredLoss;
export function fromConfig(config: unknown, options?: ReadOptions): ConfiguredLosses;
export function fromConfig(config: unknown, options: ReadOptions = {}): unknown {
  if (typeof config === 'string') return named(config, options);
  const ofOutput = (one: unknown): unknown => (one === null ? null : fromConfig(one, options));
  if (Array.isArray(config)) return config.map(ofOutput);
  if (typeof config !== 'object' || config === null)
    fail(who, `the config is ${show(config)}; expected a name or an object`);
  if ('class_name' in config) return ofClass(config as Serialized, options);
  if (isOfModel(config)) return fromConfig(config.loss, options);
  return Object.fromEntries(Object.entries(config).map(([output, one]) => [output, ofOutput(one)]));
}

/** Whether a config is that of a compiled model, which has its losses in it. */
const isOfModel = (config: object): config is { readonly loss: unknown } =>
  'loss' in config && ['metrics', 'optimizer', 'optimizer_config'].some((key) => key in config);

/** Of the config of one loss, what is read. */
export interface Serialized {
  readonly class_name: string;
  readonly config?: Json;
  readonly registered_name?: string | null;
  readonly module?: string | null;
}

/** The loss of a name. With another package before it, it is none of this one, whatever it is called. */
function named(name: string, { customObjects = {} }: ReadOptions): AnyLoss {
  const { plain, packageName } = registeredParts(name);
  const custom = customObjects[name] ?? customObjects[plain];
  if (custom) return custom as unknown as AnyLoss;
  if (packageName !== undefined && !isOfThisPackage(name)) {
    fail(who, `${show(plain)} of ${show(packageName)} is not of this package; expected it in customObjects`);
  }
  return getLoss(plain);
}

function ofClass(serialized: Serialized, options: ReadOptions): AnyLoss {
  const { class_name: className, config: given } = serialized;
  if (typeof (className as unknown) !== 'string') fail(who, `class_name is ${show(className)}; expected a name`);
  // A function is written with its name in place of a config.
  if (typeof given === 'string') return named(given, options);
  const config = withoutTensors((given ?? {}) as Config);
  if (className === 'LossFunctionWrapper') return wrapped(config, options);
  const own = isOfThisPackage(serialized.registered_name);
  if (own && className === 'Combine') return combined(config, options);
  const loss = findLoss(className) as AnyLoss | undefined;
  if (!loss) return named(serialized.registered_name ?? className, options);
  const { keras } = loss.definition;
  const { kerasVersion = latestKeras } = options;
  if (own || !keras) return withOptions(loss, config, ourNames(loss.definition), (read) => read);
  const { reduction = 'auto' } = config;
  const isMean = reduction !== 'sum' && reduction !== 'none' && reduction !== null;
  const asInKeras = isMean || !isAveragedInKeras(loss) ? loss : averagedOverLast(loss);
  return withOptions(asInKeras, config, kerasNames(keras), (read) => ({
    ...keras.fixed,
    ...read,
    ...keras.read?.(config, { kerasVersion }),
  }));
}

/** For each name in a config the option that it stands for; null if it stands for none. */
type Names = ReadonlyMap<string, string | null>;

/** Of every loss in Keras: what a config holds beside options. `fn` and `dtype` are for Keras itself. */
const common: readonly [string, null][] = ['name', 'reduction', 'fn', 'dtype'].map((name) => [name, null]);

const ourNames = ({ options, keras }: Definition<Record<string, unknown>>): Names =>
  new Map([
    ...common,
    ...Object.keys(options).map((option): [string, string] => [keras?.options[option] ?? snakeCase(option), option]),
  ]);

const kerasNames = ({ options, ignored = [] }: KerasFacts<Record<string, unknown>>): Names =>
  new Map([
    ...common,
    ...ignored.map((name): [string, null] => [name, null]),
    ...Object.entries(options).map(([option, name]): [string, string] => [String(name), option]),
  ]);

function withOptions(
  loss: AnyLoss,
  config: Config,
  names: Names,
  complete: (read: Record<string, unknown>) => Record<string, unknown>,
): AnyLoss {
  const stray = Object.keys(config).find((name) => !names.has(name));
  if (stray !== undefined) {
    fail(
      who,
      `${loss.name} has no option ${show(stray)}; expected ${[...names.keys()].slice(common.length).join(', ')}`,
    );
  }
  const read = Object.entries(config).flatMap(([name, value]): [string, unknown][] => {
    const option = names.get(name);
    return option ? [[option, number(value)]] : [];
  });
  const options = complete(Object.fromEntries(read));
  const reduction = reductionOf(loss.name, config);
  const all = { ...options, ...(reduction && { reduction }) };
  return Object.keys(all).length === 0 ? loss : loss.with(all);
}

/** Keras averages over the batch by default, as what a loss gives per example is averaged here. */
function reductionOf(name: string, { reduction = 'auto' }: Config): ReturnType<typeof readReduction> {
  if (reduction === 'auto' || reduction === 'sum_over_batch_size') return undefined;
  return readReduction(reduction) ?? fail(who, `${name} has the reduction ${show(reduction)}, which is none`);
}

/** JSON has no infinities; they are written as words. */
const number = (value: Json): Json => (value === 'Infinity' || value === '-Infinity' ? Number(value) : value);

/** A loss function in Keras's wrapper, with a reduction of its own. */
function wrapped({ fn, reduction }: Config, options: ReadOptions): AnyLoss {
  const loss = fromConfig(fn, options) as AnyLoss;
  const known = reductionOf(loss.name, reduction === undefined ? {} : { reduction });
  return known && 'with' in loss ? loss.with({ reduction: known }) : loss;
}

function combined(config: Config, options: ReadOptions): AnyLoss {
  const { losses } = config;
  if (typeof losses !== 'object' || losses === null) {
    fail(who, `Combine has the losses ${show(losses)}; expected an object of { loss, weight }`);
  }
  const parts = Object.entries(losses as Readonly<Record<string, { loss: Json; weight: number }>>);
  const loss = combine(
    Object.fromEntries(
      parts.map(([name, { loss, weight }]) => [
        name,
        [fromConfig(loss, options) as unknown as Part<readonly [never, never]>, weight] as const,
      ]),
    ),
  ) as unknown as CombinedLoss;
  const reduction = readReduction(config['reduction']);
  return (reduction ? loss.with({ reduction }) : loss) as unknown as AnyLoss;
}

/** Keras writes arrays as objects of their own. */
function withoutTensors(config: Config): Config {
  const plain = (value: Json): Json => {
    const { class_name: className, config: inner } = (value ?? {}) as { class_name?: string; config?: Config };
    return (className === '__tensor__' || className === '__numpy__') && inner ? (inner['value'] as Json) : value;
  };
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, plain(value)]));
}
