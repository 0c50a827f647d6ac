import type { Form } from './step.js';

/* Shapes, strides and axes. */

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** How far neighbours along each axis lie apart. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const size of [...shape].reverse()) {
    strides.unshift(stride);
    stride *= size;
  }
  return strides;
}

/** An axis by its number, which counts from the end where it is negative. */
export const axisOf = (axis: number, { length: rank }: readonly number[]): number => (axis < 0 ? axis + rank : axis);

/** A shape around one axis: so many tables of so many rows of so many numbers. */
export interface Around {
  readonly before: number;
  readonly size: number;
  readonly after: number;
}

export function around(shape: readonly number[], axis: number): Around {
  const at = axisOf(axis, shape);
  return { before: sizeOf(shape.slice(0, at)), size: shape[at] as number, after: sizeOf(shape.slice(at + 1)) };
}

export const shapeOf = (forms: readonly Form[], i = 0): readonly number[] => (forms[i] as Form).shape;
