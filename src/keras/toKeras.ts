import { checkedTarget } from '../config/versions.js';
import { fail, show } from '../definition/fail.js';
import type { Json, KerasTarget, LossConfig } from '../definition/kerasFacts.js';
import { isOptions } from '../definition/options.js';
import { getLoss } from '../getLoss.js';
import { isOwn } from '../losses/composition/combine.js';
import { isOfClass, isOfModel } from './forms.js';
import { customPackage } from './registered.js';

/** A loss that can be written down: of this package, a combination of such, a name, or a function with a name. */
export type WritableLoss = string | ({ readonly name: string } & ((...args: never[]) => unknown));

/** Losses of one output or of several. */
export type WritableLosses =
  WritableLoss | null | readonly (WritableLoss | null)[] | { readonly [output: string]: WritableLoss | null };

/**
 * A loss in the format of Keras 3, for `keras.losses.deserialize`; for several outputs a list or dictionary of them, as
 * `Model.compile` takes it. Losses or options that Keras lacks are registered under `tfjs-losses>`: the Python module in
 * this package's folder `python` has them. Of another function it is the name only, in Keras's package `Custom`.
 *
 * `kerasVersion` is the version that will read it; without, the config means the same in all of them.
 *
 * @throws if a function has no name, an option is a function, or a loss is made of one.
 * @see Keras `losses.serialize`.
 * @example toKeras(huber.with({ delta: 2 })).config.delta // 2
 */
export function toKeras(loss: WritableLoss, target?: KerasTarget): LossConfig;

export function toKeras(loss: WritableLosses, target?: KerasTarget): Json;

export function toKeras(loss: unknown, target: KerasTarget = {}): unknown {
  checkedTarget(who, target);
  if (loss === null) return null;
  return isOptions(loss) || Array.isArray(loss)
    ? byOutput(who, loss, (one) => written(one, target))
    : written(loss, target);
}

const who = 'toKeras';

/**
 * What is written for each output, in a list or by name; null where there is nothing.
 *
 * @throws if there is no output, or their names are those in other configs.
 */
export function byOutput(who: string, given: object, write: (one: unknown) => Json): Json {
  const entries = Object.entries(given).map(([output, one]) => [output, one ?? null] as const);
  if (entries.length === 0) fail(who, `there is ${show(given)}; expected something for at least one output`);
  const written = entries.map(([output, one]): [string, Json] => [output, one === null ? null : write(one)]);
  if (Array.isArray(given)) return written.map(([, one]) => one);
  const config = Object.fromEntries(written);
  if (isOfClass(config) || isOfModel(config)) {
    const names = show(Object.keys(config));
    fail(who, `the outputs are called ${names}, which is read as another kind of config; expected other names`);
  }
  return config;
}

/** One loss, in words that a reader understands. */
function written(loss: unknown, target: KerasTarget): Json {
  if (typeof loss === 'string') return { ...getLoss(loss).config(target) };
  if (typeof loss !== 'function') fail(who, `the loss is ${show(loss)}; expected a loss or its name`);
  if (isOwn(loss)) return { ...loss.config(target) };
  if (typeof loss.name !== 'string' || loss.name === '') {
    fail(who, 'there is a function without a name; expected one by which it can be found again');
  }
  // With a package, it is not taken for a function of Keras of the same name.
  const config = `${customPackage}>${loss.name}`;
  return { module: 'builtins', class_name: 'function', config, registered_name: 'function' };
}
