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

/** The options with one number per entry of an axis, which one of them may bring; a single number needs no tensor. */
export function tensorOptions(who: string, axes: Axes & { readonly schema: Schema }): OptionArgument[] {
  const given = Object.entries(axes.schema).flatMap(([name, [, kind]]) => {
    const value = axes.options[name];
    if (!kind.fit || value === null || typeof value === 'number') return [];
    return [{ kind, argument: toArgument(who, name, value as TensorInput) }];
  });
  const brought = given.flatMap(({ kind: { brings }, argument }): [string, number][] =>
    brings === undefined ? [] : [[brings, argument.tensor.size]],
  );
  const all = brought.length === 0 ? axes : { ...axes, sizes: new Map([...axes.sizes, ...brought]) };
  return given.map(({ kind: { fit }, argument }) => ({
    ...argument,
    ...(fit as NonNullable<typeof fit>)(who, argument, all),
  }));
}
