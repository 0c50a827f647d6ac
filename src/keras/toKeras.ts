import type { Json, KerasTarget, LossConfig } from '../core/config.js';
import { fail, show } from '../core/fail.js';
import { getLoss } from '../getLoss.js';
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
 * @throws if a function has no name, or an option is a function.
 * @see Keras `losses.serialize`.
 * @example toKeras(huber.with({ delta: 2 })).config.delta // 2
 */
export function toKeras(loss: WritableLoss, target?: KerasTarget): LossConfig;
export function toKeras(loss: WritableLosses, target?: KerasTarget): Json;
export function toKeras(loss: unknown, target: KerasTarget = {}): unknown {
  if (loss === null) return null;
  if (typeof loss === 'string') return getLoss(loss).config(target);
  if (typeof loss === 'function') return ofFunction(loss as Writable, target);
  if (Array.isArray(loss)) return loss.map((one: WritableLoss | null) => toKeras(one, target));
  if (typeof loss !== 'object') fail('toKeras', `the loss is ${show(loss)}; expected a loss or its name`);
  return Object.fromEntries(
    Object.entries(loss).map(([output, one]) => [output, toKeras(one as WritableLoss, target)]),
  );
}

type Writable = Exclude<WritableLoss, string> & { readonly config?: (target: KerasTarget) => LossConfig };

function ofFunction(loss: Writable, target: KerasTarget): Json {
  if (loss.config) return { ...loss.config(target) };
  if (!loss.name) fail('toKeras', 'there is a function without a name; expected one by which it can be found again');
  // With a package, it is not taken for a function of Keras of the same name.
  const config = `${customPackage}>${loss.name}`;
  return { module: 'builtins', class_name: 'function', config, registered_name: 'function' };
}
