import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import type { Definition } from '../definition/definition.js';
import { classIndex, real } from '../definition/domain.js';
import { fail, show } from '../definition/fail.js';
import type { Kind } from '../definition/kinds.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { stretch } from '../numerics/sum.js';
import { type Argument, castTo, toArgument } from './argument.js';

/** An option that holds one number per class, or per entry of another axis. */
export interface OptionArgument extends Argument {
  readonly kind: Kind<unknown>;
  /** As a formula takes it: a vector along the last axis, or for another axis repeated to the shape of the positions. */
  readonly used: Tensor;
}

/** Options as formulas take them, by name. */
export const asTensors = (options: readonly OptionArgument[]): Readonly<Record<string, Tensor>> =>
  Object.fromEntries(
    options.map(({ name, used, kind: { lengthsOf } }) => [
      name,
      castTo(lengthsOf === undefined ? real : classIndex, used),
    ]),
  );

/** The options with one number per entry of an axis; a single number needs no tensor. */
export function tensorOptions<O extends object>(
  { name: who, options: schema }: Definition<O>,
  options: O,
  sizes: ReadonlyMap<string, number>,
  positions: readonly number[],
): OptionArgument[] {
  const entries: readonly [string, readonly [unknown, Kind<unknown>]][] = Object.entries(schema);
  const values = options as Readonly<Record<string, unknown>>;
  const axisName = entries.find(([, [, { isEntryAxis }]]) => isEntryAxis)?.[0];
  return entries.flatMap(([name, [, kind]]) => {
    const value = values[name];
    if (!kind.along || value === null || typeof value === 'number') return [];
    const argument = toArgument(who, name, value as TensorInput);
    const { tensor } = argument;
    if (tensor.size === 1 && kind.orOneForAll === true) return [{ ...argument, kind, used: tensor }];
    const axis = axisName === undefined ? -1 : (values[axisName] as number | null);
    if (kind.along === 'last' && axisName !== undefined) {
      return [{ ...argument, kind, used: alongAxis(who, { name, tensor, axis }, positions) }];
    }
    if (tensor.rank !== 1 || tensor.size !== sizes.get(kind.along)) {
      const of = kind.along === 'last' ? ', one for each entry of the last axis' : '';
      fail(who, `${name} has shape ${show(tensor.shape)}; expected ${show([sizes.get(kind.along)])}${of}`);
    }
    return [{ ...argument, kind, used: tensor }];
  });
}

interface AlongAxis {
  readonly name: string;
  readonly tensor: Tensor;
  /** Null: the last one, unless that may be a mistake. */
  readonly axis: number | null;
}

/** A vector along an axis of the positions. */
function alongAxis(who: string, { name, tensor, axis }: AlongAxis, positions: readonly number[]): Tensor {
  const [rank, count] = [positions.length, tensor.size];
  const at = axis === null ? rank - 1 : axis < 0 ? axis + rank : axis;
  if (tensor.rank !== 1 || positions[at] !== count) {
    const other = positions.indexOf(count, 1);
    const remedy = tensor.rank === 1 && other > 0 ? `, or axis: ${other} for an option along that one` : '';
    fail(
      who,
      `${name} has shape ${show(tensor.shape)}; expected ${show([positions[at]])}, one for each entry of axis ` +
        `${axis ?? -1} of ${show(positions)}${remedy}`,
    );
  }
  // Channels may come first: a vector that fits both ways is none of which the meaning is known.
  if (axis === null && rank > 2 && positions[1] === count) {
    fail(
      who,
      `${name} has ${count} entries, and both axis 1 and the last of ${show(positions)} fit; expected axis: 1 or axis: -1`,
    );
  }
  if (at === rank - 1) return tensor;
  return stretch(
    reshape(
      tensor,
      positions.map((_, i) => (i === at ? count : 1)),
    ),
    [...positions],
  );
}
