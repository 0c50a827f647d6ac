import type { Values } from './values.js';

/** What constant predictions are made of: numbers for the last axis, and candidates where the best is not known. */
export interface Prior {
  readonly candidates: readonly (readonly number[])[];
}

/** Predictions of this shape, the same everywhere but along the last axis; none if a candidate does not fit there. */
export function candidatesOf({ candidates }: Prior, shape: readonly number[]): Float32Array[] {
  const size = shape.reduce((product, n) => product * n, 1);
  const units = shape.at(-1) ?? 1;
  return candidates
    .filter(({ length }) => length === units || length === 1)
    .map((one) => Float32Array.from({ length: size }, (_, i) => one[one.length === 1 ? 0 : i % units] as number));
}

const SMALL = 1e-6;

const ofProbability = (p: number): number => Math.min(Math.max(p, SMALL), 1 - SMALL);

/** How the numbers of a domain stand for a probability; null where they do not. */
const said: Readonly<Record<string, { several: (p: number) => number; alone: (p: number) => number }>> = {
  distribution: { several: (p) => p, alone: (p) => p },
  probability: { several: (p) => p, alone: (p) => p },
  logit: { several: Math.log, alone: (p) => Math.log(p / (1 - p)) },
  logProbability: { several: Math.log, alone: Math.log },
};

/** Predicting the share of each class, or of each unit, of predictions of a domain. */
export function priorOfShares(shares: readonly number[], domain: string, areExclusive: boolean): Prior | null {
  const way = said[domain];
  if (!way) return null;
  const say = areExclusive ? way.several : way.alone;
  return { candidates: [shares.map((share) => say(ofProbability(share)))] };
}

/** Predicting the mean, or the median, of each column. */
export function priorOfNumbers({ values, shape }: Values): Prior {
  const units = shape.length > 1 ? (shape.at(-1) ?? 1) : 1;
  const columns = Array.from({ length: units }, (_, u) =>
    Array.from({ length: Math.floor(values.length / units) }, (__, i) => values[i * units + u] as number)
      .filter((x) => !Number.isNaN(x))
      .sort((a, b) => a - b),
  );
  const mean = (column: readonly number[]): number =>
    column.reduce((sum, x) => sum + x, 0) / Math.max(column.length, 1);
  const median = (column: readonly number[]): number => column[Math.floor(column.length / 2)] ?? 0;
  return { candidates: [columns.map(mean), columns.map(median)] };
}
