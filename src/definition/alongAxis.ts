import type { Tensor } from '@tensorflow/tfjs-core';
import { stretch } from '../numerics/sum.js';
import { reshape } from '../tfjs/ops.js';
import { fail, show } from './fail.js';

/** What of a call decides along which axis the entries of an option lie. */
export interface Axes {
  /** The options of the loss, of which one may name the axis. */
  readonly schema: Readonly<Record<string, readonly [unknown, { readonly isEntryAxis?: true }]>>;
  readonly options: Readonly<Record<string, unknown>>;
  /** Sizes of the named axes. */
  readonly sizes: ReadonlyMap<string, number>;
  /** The shape of the positions. */
  readonly positions: readonly number[];
}

interface Option {
  readonly name: string;
  readonly tensor: Tensor;
}

/**
 * An option with one entry for each of an axis, as a formula takes it: a vector along the last axis, or for another axis
 * repeated to the shape of the positions.
 */
export function fitted(who: string, along: string, { name, tensor }: Option, axes: Axes): Tensor {
  const { schema, options, sizes, positions } = axes;
  const axisName = Object.keys(schema).find((option) => schema[option]?.[1].isEntryAxis);
  if (along === 'last' && axisName !== undefined) {
    return alongAxis(who, { name, tensor, axis: options[axisName] as number | null }, positions);
  }
  const size = along === 'last' ? positions.at(-1) : sizes.get(along);
  if (tensor.rank !== 1 || tensor.size !== size) {
    const of = along === 'last' ? ', one for each entry of the last axis' : '';
    fail(who, `${name} has shape ${show(tensor.shape)}; expected ${show([size])}${of}`);
  }
  return tensor;
}

interface AlongAxis extends Option {
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
