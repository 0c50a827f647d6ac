import { ignoreNaNWritten, readReduction, snakeCase, writtenReduction } from '../config/toConfig.js';
import { type Definition, definitionOf, type Loss } from '../definition/definition.js';
import { fail, show } from '../definition/fail.js';
import type { Json, KerasFacts } from '../definition/kerasFacts.js';
import { reductions } from '../definition/options.js';
import { findLoss, getLoss } from '../getLoss.js';
import { combine, type CombinedLoss, inputNamesOf, type Part } from '../losses/composition/combine.js';
import type { AnyLoss } from './anyLoss.js';
import { averagedOverLast, isAveragedInKeras } from './averaged.js';
import { isOfClass, isOfModel } from './forms.js';
import { jsonOf } from './json.js';
import { findInKeras, unknownName } from './names.js';
import { argumentsOf, customClass, customObject, type Reading, readingSchema, type ReadOptions } from './reading.js';
import { fullName, isForeign, isOfThisPackage, registeredParts } from './registered.js';

/** A loss about whose options nothing is known in advance; a combination, or one of `customObjects`, is as it is. */
export type ConfiguredLoss = Loss<object>;

/** Losses as configured, for one output or several. */
export type ConfiguredLosses =
  ConfiguredLoss | readonly (ConfiguredLoss | null)[] | { readonly [output: string]: ConfiguredLoss | null };

type Config = Readonly<Record<string, Json>>;

const who = 'fromConfig';

/** Who wrote a config that does not say it. */
const latestKeras = '3.15';

/**
 * The loss that a config of Keras describes: what `keras.losses.serialize` and `loss.config()` write, Keras 3 and
 * tf.keras (`"reduction": "auto"`, `fn`, no `module`), the names that Keras has for its losses, such as `"mse"`, and lists
 * or dictionaries of these for the outputs of a model. Of the `training_config` of an H5 file or a converted model, and of
 * the `compile_config` of a `.keras` file, it is the loss.
 *
 * A name means what it means to Keras: one of `customObjects`, with its package or without; else a loss of Keras. A loss
 * that Keras lacks has the name under which it is registered, such as `"tfjs-losses>SmoothL1"`; `getLoss` knows more names.
 *
 * `kerasVersion` is the version that wrote the config: before 3.16 `Tversky` weighed false negatives by its α, and before 3
 * there was no `Dice`. Default: 3.15, with the names of all versions.
 *
 * @throws if there is no such loss, it has no such option, or the config is no JSON of one of these forms.
 * @see Keras `losses.deserialize`.
 * @example fromConfig({ class_name: 'Huber', config: { delta: 2 } })([0], [3]) // [4]
 */
export function fromConfig(config: string | Serialized, options?: ReadOptions): ConfiguredLoss;

export function fromConfig(config: unknown, options?: ReadOptions): ConfiguredLosses;

export function fromConfig(config: unknown, options: ReadOptions = {}): unknown {
  const reading = argumentsOf(who, readingSchema, options);
  if (typeof config !== 'string' && (typeof config !== 'object' || config === null)) refuse('the config', config);
  return lossesOf(jsonOf(who, 'the config', config), reading);
}

function refuse(what: string, config: unknown): never {
  return fail(who, `${what} is ${show(config)}; expected a name or an object with class_name`);
}

/** Losses of one output or of several. */
function lossesOf(config: Json, reading: Reading): unknown {
  if (typeof config !== 'object' || config === null || isOfClass(config)) return lossOf(config, reading);
  if (isOfModel(config)) return lossesOf(config.loss as Json, reading);
  const byOutput = Object.entries(config);
  if (byOutput.length === 0) fail(who, 'the config is empty; expected a loss, or one for each output');
  const losses = byOutput.map(([output, one]): [string, AnyLoss | null] => [
    output,
    one === null ? null : lossOf(one, reading, `the config of the output ${show(output)}`),
  ]);
  return Array.isArray(config) ? losses.map(([, loss]) => loss) : Object.fromEntries(losses);
}

/** One loss. */
function lossOf(config: Json | undefined, reading: Reading, what = 'the config'): AnyLoss {
  if (typeof config === 'string') return named(config, reading);
  return isObject(config) && isOfClass(config) ? ofClass(config, reading) : refuse(what, config);
}

const isObject = (value: Json | undefined): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of the config of one loss, what is read. */
export interface Serialized {
  readonly class_name: string;
  readonly config?: Json | undefined;
  readonly registered_name?: string | null | undefined;
  readonly module?: string | null | undefined;
}

/** The loss of a name. With another package before it, it is none of this one, whatever it is called. */
function named(name: string, reading: Reading): AnyLoss {
  const custom = customObject(name, reading);
  if (custom) return custom as unknown as AnyLoss;
  const { plain, packageName } = registeredParts(name);
  if (isForeign(name)) {
    fail(who, `${show(plain)} of ${show(packageName)} is not of this package; expected it in customObjects`);
  }
  if (packageName !== undefined) return getLoss(plain);
  return findInKeras(plain, reading.kerasVersion) ?? fail(who, unknownName('loss', plain, reading.kerasVersion));
}

function ofClass(serialized: Config, reading: Reading): AnyLoss {
  const { class_name: className, config: given = null, registered_name: registered = null, module } = serialized;
  if (typeof className !== 'string') fail(who, `class_name is ${show(className)}; expected a name`);
  if (registered !== null && typeof registered !== 'string') {
    fail(who, `registered_name is ${show(registered)}; expected a name, or null`);
  }
  const whose = { class_name: className, registered_name: registered, module };
  // A function is written with its name in place of a config.
  if (className === 'function' && typeof given === 'string') return named(fullName(whose, given), reading);
  const name = fullName(whose);
  const own = isOfThisPackage(name);
  const custom = customClass(name, className, reading);
  if (custom) return custom as unknown as AnyLoss;
  if (given !== null && !isObject(given)) {
    fail(who, `the config of ${show(className)} is ${show(given)}; expected an object of options`);
  }
  const config = withoutTensors(given ?? {});
  if (name === 'LossFunctionWrapper') return wrapped(config, reading);
  const { plain } = registeredParts(name);
  if (own && plain === 'Combine') return combined(config, reading);
  const { kerasVersion = latestKeras } = reading;
  const loss = (own ? findLoss(plain) : findInKeras(name, reading.kerasVersion)) as AnyLoss | undefined;
  if (!loss) return named(name, reading);
  const { keras } = loss.definition;
  if (own || !keras) return withOptions(loss, config, ourNames(definitionOf(loss)), (read) => read);
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
    [ignoreNaNWritten, 'ignoreNaN'],
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
  refuseStrange(loss.name, config, [...names.keys()].slice(common.length));
  const read = Object.entries(config).flatMap(([name, value]): [string, unknown][] => {
    const option = names.get(name);
    return option ? [[option, number(value)]] : [];
  });
  const options = complete(Object.fromEntries(read));
  const reduction = reductionOf(loss.name, config);
  const all = { ...options, ...(reduction && { reduction }) };
  return Object.keys(all).length === 0 ? loss : loss.with(all);
}

/** Beside what is common to all, a config holds these only. */
function refuseStrange(name: string, config: Config, known: readonly string[]): void {
  const all = new Set([...common.map(([one]) => one), ...known]);
  const stray = Object.keys(config).find((option) => !all.has(option));
  if (stray !== undefined) fail(who, `${name} has no option ${show(stray)}; expected ${known.join(', ')}`);
}

/** Keras averages over the batch by default, as what a loss gives per example is averaged here. */
function reductionOf(name: string, { reduction = 'auto' }: Config): ReturnType<typeof readReduction> {
  return reduction === 'auto' || reduction === 'sum_over_batch_size' ? undefined : knownReduction(name, reduction);
}

function knownReduction(name: string, reduction: Json): NonNullable<ReturnType<typeof readReduction>> {
  const known = reductions.map(writtenReduction).join(', ');
  return (
    readReduction(reduction) ??
    fail(who, `${name} has the reduction ${show(reduction)}, which is none; expected one of ${known}`)
  );
}

/** JSON has no infinities; they are written as words. */
function number(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(number);
  return value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
}

/** A loss function in Keras's wrapper, with a reduction of its own. */
function wrapped({ fn, reduction = 'auto' }: Config, reading: Reading): AnyLoss {
  const loss = lossOf(fn, reading, 'fn of LossFunctionWrapper');
  const known = reductionOf(loss.name, { reduction });
  return known && 'with' in loss ? loss.with({ reduction: known }) : loss;
}

function combined(config: Config, reading: Reading): AnyLoss {
  const { losses, reduction } = config;
  refuseStrange('Combine', config, ['losses']);
  if (!isObject(losses)) fail(who, `Combine has the losses ${show(losses)}; expected an object of { loss, weight }`);
  const parts = Object.entries(losses).map(([name, part]): [string, readonly unknown[]] => {
    if (!isObject(part)) fail(who, `the part ${show(name)} of Combine is ${show(part)}; expected { loss, weight }`);
    const { loss, weight, columns = null } = part;
    const known = lossOf(loss, reading, `the loss of the part ${show(name)} of Combine`);
    return [name, columns === null ? [known, weight] : [known, weight, columnsOf(known, columns)]];
  });
  const loss = combine(
    Object.fromEntries(parts) as unknown as Readonly<Record<string, readonly [Part<readonly [never, never]>, number]>>,
  ) as unknown as CombinedLoss;
  // Without a reduction, that of each part holds.
  return (reduction === undefined
    ? loss
    : loss.with({ reduction: knownReduction('Combine', reduction) })) as unknown as AnyLoss;
}

/** Columns by our names of the inputs, which a config has in snake case. */
function columnsOf(loss: AnyLoss, columns: Json): Json {
  if (!isObject(columns)) return columns;
  const names = new Map(inputNamesOf(loss).map((input) => [snakeCase(input), input]));
  return Object.fromEntries(Object.entries(columns).map(([name, taken]) => [names.get(name) ?? name, taken]));
}

/** Keras writes arrays as objects of their own. */
function withoutTensors(config: Config): Config {
  const plain = (value: Json): Json => {
    if (!isObject(value)) return value;
    const { class_name: className, config: inner } = value;
    if (className !== '__tensor__' && className !== '__numpy__') return value;
    return (isObject(inner) ? inner['value'] : undefined) ?? fail(who, `${className} has no value; expected an array`);
  };
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, plain(value)]));
}
