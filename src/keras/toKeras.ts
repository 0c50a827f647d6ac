import { checkedTarget } from '../config/versions.js';
import type { Json, KerasTarget, LossConfig } from '../definition/kerasFacts.js';
import { getLoss } from '../getLoss.js';
import { written } from './written.js';

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
  checkedTarget('toKeras', target);
  return written(getLoss, loss, target);
}
