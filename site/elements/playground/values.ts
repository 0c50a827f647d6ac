/** Numbers with a shape, as plain data. */
export interface Values {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Numbers as nested arrays; one number has no brackets. */
export type Nested = number | readonly Nested[];

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, n) => size * n, 1);

export function nestedOf({ shape, data }: Values): Nested {
  const [count, ...rest] = shape;
  if (count === undefined) return data[0] ?? 0;
  const size = sizeOf(rest);
  return Array.from({ length: count }, (_, i) => nestedOf({ shape: rest, data: data.slice(i * size, (i + 1) * size) }));
}
