import type { Values } from './draw.js';

/** How far outside the range predictions are, turn by turn; null leaves one where it is. */
const distances = [0.01, null, 5, null, 1e4, null];

/** Predictions of which some lie outside the range of their domain. */
export function movedOut({ data, ...rest }: Values, [low, high]: readonly [number, number]): Values {
  return {
    ...rest,
    data: data.map((x, i) => {
      const by = distances[i % distances.length] ?? null;
      if (by === null) return x;
      return low > -Infinity && (high === Infinity || i % 4 < 2) ? low - by : high + by;
    }),
  };
}
