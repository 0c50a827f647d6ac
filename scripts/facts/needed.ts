import type { Kind } from '../../src/definition/kinds.js';

type Schema = Readonly<Record<string, readonly [unknown, Kind<unknown>]>>;

/**
 * Values of the options that have no default and are not given, for pictures and programs: ½, or along an axis ½, ¼ and so
 * on for as many entries as it has.
 */
export const neededFor = (
  schema: Schema,
  given: Readonly<Record<string, unknown>>,
  sizeOf: (axis: string) => number,
): Readonly<Record<string, number | readonly number[]>> =>
  Object.fromEntries(
    Object.entries(schema)
      .filter(([name, [, { isRequired }]]) => isRequired && given[name] === undefined)
      .map(([name, [, { along }]]) => [
        name,
        along === undefined ? 0.5 : Array.from({ length: sizeOf(along) }, (_, i) => 0.5 ** (i + 1)),
      ]),
  );

/** Windows that a small image of so many rows holds, at each of two scales where a loss looks at several, for pictures and programs. */
export const windowsFor = (schema: Schema, side: number): Readonly<Record<string, unknown>> =>
  'powerFactors' in schema
    ? { filterSize: Math.min(3, Math.floor(side / 2)), powerFactors: [0.5, 0.5] }
    : Number(schema['filterSize']?.[0]) > side
      ? { filterSize: Math.min(3, side) }
      : {};
