import type { Kind } from '../../src/definition/kinds.js';

/**
 * Values of the options that have no default and are not given, for pictures and programs: ½, or along an axis ½, ¼ and so
 * on for as many entries as it has.
 */
export const neededFor = (
  schema: Readonly<Record<string, readonly [unknown, Kind<unknown>]>>,
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
