import type { Look } from './messages.js';

/** What charts show of one net: for each look a number, by the step. */
export interface Curves {
  readonly score: readonly Point[];
  readonly loss: readonly Point[];
  /** The logarithm, to base 10, of the length of the whole gradient; no point where that is 0. */
  readonly gradient: readonly Point[];
}

export type Point = readonly [step: number, value: number];

/** Of more looks than this, every second one is forgotten. */
const MOST = 400;

/** The looks of a race from its start on, thinned out evenly. */
export interface History {
  readonly add: (look: Look) => void;
  readonly curves: () => readonly [Curves, Curves];
}

export function historyOf(): History {
  let looks: Pick<Look, 'step' | 'racers'>[] = [];
  const curvesOf = (i: 0 | 1): Curves => {
    const points = (value: (racer: Look['racers'][number]) => number | null): Point[] =>
      looks.flatMap(({ step, racers }) => {
        const y = value(racers[i]);
        return y === null || !Number.isFinite(y) ? [] : [[step, y] as const];
      });
    return {
      score: points(({ score }) => score),
      loss: points(({ loss }) => loss),
      gradient: points(({ norms }) => (norms.length > 0 ? Math.log10(Math.hypot(...norms)) : null)),
    };
  };
  return {
    add: (look) => {
      looks.push(look);
      if (looks.length > MOST) looks = looks.filter((_, i) => i % 2 === 0 || i === looks.length - 1);
    },
    curves: () => [curvesOf(0), curvesOf(1)],
  };
}
