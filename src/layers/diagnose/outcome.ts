import { type Found, percent, short } from './finding.js';
import type { Stats } from './stats.js';
import type { View } from './view.js';

/** The losses after one step, by multiples of the present rate. */
export interface Steps {
  readonly rate: number;
  readonly before: number;
  readonly losses: readonly { readonly factor: number; readonly loss: number }[];
  /** By how much a step of the present rate is to lower the loss, by its gradient. */
  readonly fall: number | null;
  /** The loss of constant predictions of all outputs; null where it is not known. */
  readonly chance: number | null;
  readonly optimizer: string;
}

const optimizerCode = (name: string, rate: number): string =>
  `optimizer: tf.train.${name.toLowerCase()}(${short(rate)}${name === 'Momentum' ? ', 0.9' : ''}),`;

/** Whether one step of the optimizer explodes or stands, and which rate would do. */
export function stepFindings({ rate, before, losses, fall, chance, optimizer }: Steps): Found[] {
  const own = losses.find(({ factor }) => factor === 1);
  if (!own || !Number.isFinite(before)) return [];
  const best = losses.reduce((a, b) => (b.loss < a.loss ? b : a), { factor: 0, loss: before });
  const shown = losses
    .filter(({ factor }) => factor <= 10)
    .map(({ factor, loss }) => `${short(rate * factor)} → ${short(loss)}`)
    .join(', ');
  const seen = `The loss is ${short(before)}. After one step with a rate of ${shown}.`;
  const allowed = Math.max(3 * before, before + (chance ?? before) * 2);
  if (!(own.loss <= allowed) && best.factor > 0 && best.factor < 1) {
    return [
      {
        code: 'learning-rate-too-large',
        where: {},
        seen,
        why: `One step at the present rate of ${short(rate)} ${Number.isFinite(own.loss) ? `makes the loss ${short(own.loss / before)} times as large` : 'makes the loss infinite or NaN'}.`,
        change: optimizerCode(optimizer, rate * best.factor),
      },
    ];
  }
  const isFar = chance === null || before > 0.5 * chance;
  const isSlow = fall !== null && fall >= 0 && fall < 3e-6 * before;
  if (isFar && isSlow && best.factor >= 100 && best.loss < before - 100 * fall) {
    return [
      {
        code: 'learning-rate-too-small',
        where: {},
        seen: `${seen} With ${short(rate * best.factor)} it is ${short(best.loss)}.`,
        why: `One step at the present rate of ${short(rate)} lowers the loss by ${short(fall)}: it takes a million of them.`,
        change: optimizerCode(optimizer, rate * best.factor * 0.1),
      },
    ];
  }
  return [];
}

/** What the predictions of an output are like. */
export interface Outcome {
  readonly view: View | null;
  readonly where: Found['where'];
  readonly stats: Stats;
  readonly examples: number;
  /** Whether examples differ at all. */
  readonly doInputsDiffer: boolean;
  /** A last layer that starts with zeros, and learns, makes constant predictions at first. */
  readonly isStart: boolean;
  readonly loss: number | null;
  readonly chance: number | null;
  readonly stepsMade: number;
}

/** Predictions that are the same for all, sure and wrong, or no better than a constant. */
export function outcomeFindings(outcome: Outcome): Found[] {
  const { stats, examples, where, doInputsDiffer, isStart, loss, chance, view, stepsMade } = outcome;
  if (stats.bad > 0) return [];
  const size = Math.max(-stats.min, stats.max, 1e-30);
  const compared =
    loss !== null && chance !== null ? ` The loss is ${short(loss)}, that of the best constant ${short(chance)}.` : '';
  if (examples >= 4 && doInputsDiffer && !isStart && stats.spread <= 1e-6 * size) {
    return [
      {
        code: 'predictions-collapsed',
        where,
        seen: `Predictions of ${examples} examples differ by ${short(stats.spread)} at the most, and go from ${short(stats.min)} to ${short(stats.max)}.${compared}`,
        why: 'Nothing of the inputs reaches the output: it is a constant.',
        change: '// see the findings above; if there are none, make the model anew with a smaller learning rate',
      },
    ];
  }
  const isWorse = loss !== null && chance !== null && loss > 2 * chance;
  if (view && view.squashing !== null && stats.atBounds > 0.5 && isWorse) {
    return [
      {
        code: 'predictions-saturated',
        where,
        seen: `${percent(stats.atBounds)} of the predictions lie within 0.01 of 0 or 1.${compared}`,
        why: 'A model that is sure and wrong has a large loss, and behind a loss of regression no gradient to get away.',
        change: 'x.sub(mean).div(std) // in place of x; or a smaller learning rate from the start',
      },
    ];
  }
  if (loss === null || chance === null || stepsMade < 100 || loss < 0.98 * chance) return [];
  return [
    {
      code: 'no-better-than-chance',
      where,
      seen: `After ${stepsMade} steps the loss is ${short(loss)}; the best constant prediction has ${short(chance)}.`,
      why: 'The model has not learned more than how frequent labels are. Labels that do not belong to their inputs look so, after a shuffle of one of them.',
      change: 'tf.util.shuffleCombo(xs, ys) // both in the same order',
    },
  ];
}

/** Numbers to be regressed that are far from what a fresh model gives. */
export function scaleFindings(view: View, stats: Stats, loss: number | null, chance: number | null): Found[] {
  const { ofLabels, ofPredictions, where, labels } = view;
  if (ofLabels?.name !== 'real' || ofPredictions?.name !== 'real') return [];
  const numbers = Array.from(labels.values).filter((x) => Number.isFinite(x));
  const size = Math.max(...numbers.map(Math.abs), 0);
  const of = Math.max(-stats.min, stats.max);
  const isFar = loss !== null && chance !== null && loss > 2 * chance;
  if (numbers.length === 0 || size < 100 || of > size / 10 || !isFar) return [];
  return [
    {
      code: 'labels-unscaled',
      where,
      seen: `Labels reach ${short(size)}, predictions ${short(of)}; the loss is ${short(loss)}, that of the best constant ${short(chance)}.`,
      why: 'A fresh model gives numbers of the size 1: the loss and its gradient are large, steps explode or last long.',
      change: 'y.sub(mean).div(std) // in place of y, and back again for what is predicted, with tf.moments(y)',
    },
  ];
}
