import type { Tensor } from '@tensorflow/tfjs-core';
import type { Axes } from '../definition/alongAxis.js';
import type { Fitted, Kind } from '../definition/kinds.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { type Argument, toArgument } from './argument.js';

/** An option that holds one number per class, or per entry of another axis. */
export type OptionArgument = Argument & Fitted;

type Schema = Readonly<Record<string, readonly [unknown, Kind<unknown>]>>;

/** Options as formulas take them, by name. */
export const asTensors = (options: readonly OptionArgument[]): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(options.map(({ name, used }) => [name, used]));

/** The options with one number per entry of an axis; a single number needs no tensor. */
export function tensorOptions(who: string, axes: Axes & { readonly schema: Schema }): OptionArgument[] {
  return Object.entries(axes.schema).flatMap(([name, [, { fit }]]) => {
    const value = axes.options[name];
    if (!fit || value === null || typeof value === 'number') return [];
    const argument = toArgument(who, name, value as TensorInput);
    return [{ ...argument, ...fit(who, argument, axes) }];
  });
}
