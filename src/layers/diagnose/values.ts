import type { Tensor } from '@tensorflow/tfjs-core';

/** The numbers of a tensor, read. */
export interface Values {
  readonly values: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** Reads a tensor, which may have to wait for a device. */
export const read = async (x: Tensor): Promise<Values> => ({
  values: await x.data(),
  shape: x.shape,
});

/** Reads one number. */
export const readOne = async (x: Tensor): Promise<number> => Number((await x.data())[0]);

/** How many numbers fulfil a condition. */
export function countOf({ values }: Pick<Values, 'values'>, is: (x: number, i: number) => boolean): number {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (is(values[i] as number, i)) count++;
  return count;
}

/** The first number that fulfils a condition, and where it is; null if none does. */
export function firstOf(
  { values }: Pick<Values, 'values'>,
  is: (x: number, i: number) => boolean,
): { readonly value: number; readonly at: number } | null {
  for (let i = 0; i < values.length; i++) if (is(values[i] as number, i)) return { value: values[i] as number, at: i };
  return null;
}

/** The least and the greatest of the numbers that are not NaN. */
export function rangeIn({ values }: Pick<Values, 'values'>): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const x of Array.from(values)) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return [low, high];
}

/** The sums of rows along the last axis. */
export function rowSums({ values, shape }: Values): number[] {
  const units = shape.at(-1) ?? 1;
  const sums = new Array<number>(units > 0 ? Math.floor(values.length / units) : 0).fill(0);
  for (let i = 0; i < sums.length * units; i++) {
    const row = Math.floor(i / units);
    sums[row] = (sums[row] as number) + (values[i] as number);
  }
  return sums;
}
