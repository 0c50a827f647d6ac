import { shapeOf } from './entries.js';
import type { Kind } from './kinds.js';

type Schema = Readonly<Record<string, readonly [unknown, Kind<unknown>]>>;

/** Sizes of the axes that options bring. */
export const sizesBrought = (schema: Schema, options: object): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(options).flatMap(([name, value]: [string, unknown]): [string, number][] => {
      const brings = schema[name]?.[1].brings;
      return brings === undefined || value === null ? [] : [[brings, shapeOf(value)[0] ?? 0]];
    }),
  );
