import { dataOf } from './data/index.js';
import type { Preset } from './presets.js';
import { raceOf, scoreOf } from './race.js';

/** Scores of both nets on the test examples, after so many steps. */
export type Point = readonly [step: number, a: number, b: number];

export interface Outcome {
  readonly curve: readonly Point[];
  /** The longest gradient of any layer on the way, of each net. */
  readonly steepest: readonly [number, number];
}

/** What is kept of the outcomes of a preset. */
export interface Recorded {
  readonly curve: readonly Point[];
  /** The scores at the end, for each seed. */
  readonly ends: readonly (readonly [a: number, b: number])[];
}

/** Points of a curve. */
const POINTS = 40;

/** Runs a preset with a seed for the steps of its claim; scores are rounded to thousandths. */
export function outcomeOf({ settings, claim }: Preset, seed: number, file: Uint8Array | null): Outcome {
  const race = raceOf({ ...settings, seed }, dataOf(settings.data, seed, file));
  const curve: Point[] = [];
  const steepest: [number, number] = [0, 0];
  const every = Math.max(1, Math.round(claim.steps / POINTS));
  const look = (step: number): void => {
    const [a, b] = race.runners.map(({ net }) => Number(scoreOf(net, race.data.test, race.data).toFixed(3)));
    curve.push([step, a ?? NaN, b ?? NaN]);
  };
  for (let step = 0; step < claim.steps; step++) {
    if (step % every === 0) look(step);
    race.step().forEach(({ norms }, i) => (steepest[i as 0 | 1] = Math.max(steepest[i as 0 | 1], ...norms)));
  }
  look(claim.steps);
  race.dispose();
  return { curve, steepest };
}
