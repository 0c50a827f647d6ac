import type { Tensor } from '@tensorflow/tfjs-core';
import { transpose } from '../numerics/portable.js';
import { shaped } from '../numerics/shaped.js';
import { show } from './fail.js';

/** A shape, and the view of a tensor in it. */
export interface View {
  readonly shape: readonly number[];
  readonly view: (input: Tensor) => Tensor;
}

/** The class axis, or several, of a call; brought by the option that names it. */
export interface ClassAxis {
  readonly axis: number | readonly number[];
  /** In words, for an error; empty for the last one. */
  readonly told: string;
  /** A shape with the class axis at its end, or undefined where it has no such axis. */
  readonly atEnd: (shape: readonly number[]) => View | undefined;
  /** A shape without a class axis of size 1, or undefined where it has none. */
  readonly leftOut: (shape: readonly number[]) => readonly number[] | undefined;
}

/** The class axis at a place that an option gives. */
export const classAxisAt = (given: unknown): ClassAxis => {
  const axis = given as number | readonly number[];
  return {
    axis,
    told: axis === -1 ? '' : ` with the class axis at ${show(axis)}`,
    atEnd: (shape) => toLast(shape, axis),
    leftOut: (shape) => {
      const place = typeof axis === 'number' ? fromStart(axis, shape.length) : -1;
      return shape[place] === 1 ? shape.filter((_, i) => i !== place) : undefined;
    },
  };
};

const fromStart = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);

/** Moves the given axes to the end, in their order, and joins them into one. */
function toLast(shape: readonly number[], axis: number | readonly number[]): View | undefined {
  const rank = shape.length;
  const chosen = [axis].flat().map((a) => fromStart(a, rank));
  if (chosen.some((a) => a < 0 || a >= rank) || new Set(chosen).size < chosen.length) return undefined;
  if (chosen.length === 1 && chosen[0] === rank - 1) return { shape, view: (input) => input };
  const rest = shape.map((_, i) => i).filter((i) => !chosen.includes(i));
  const joined = [...rest.map((i) => shape[i] ?? 1), chosen.reduce((size, i) => size * (shape[i] ?? 1), 1)];
  return { shape: joined, view: (input) => shaped(transpose(input, [...rest, ...chosen]), joined) };
}
