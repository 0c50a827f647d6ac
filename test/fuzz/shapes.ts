import { defaultsOf, signatureFor, sizeOf } from '../support/draw.js';
import type { AnyLoss } from '../support/losses.js';
import type { Random } from './random.js';

/** Leading axes and the number of classes. */
export interface DrawnShape {
  readonly leading: readonly number[];
  readonly classes: number;
}

/** What kernels compute at a time, one more, one less, and more than one such block. */
const borders = [15, 16, 17, 4095, 4096, 4097, 5000, 8193];
const few = [1, 2, 3, 4, 5, 7];
const most = 200_000;

/**
 * Losses that sort or compare in pairs, of whose many entries some would lie so close that rounding changes their order;
 * and one that takes rows in chunks of few, where features are few.
 */
const restricted = new Set([
  'lovaszHinge',
  'lovaszSoftmax',
  'multiclassSparsemax',
  'multilabelMargin',
  'linearCrossentropy',
]);

export function drawnShape(loss: AnyLoss, random: Random, isSmall: boolean): DrawnShape {
  const { inputs } = signatureFor(loss, {}, [3]);
  const isFree = inputs.every(({ dots, before }) => dots && before.length === 0);
  const hasBatchOnly = inputs.every(({ dots }) => !dots);
  const isRestricted = restricted.has(loss.name) || hasBatchOnly;
  const isPadded = loss.definition.domains(defaultsOf(loss)).some((domain) => domain === 'paddedIndex');
  const hasClasses = inputs.some(({ after }) => after.some((name) => !/^\d+$/.test(name)));
  const classes = drawnClasses(random, isRestricted || isSmall);
  const used = hasClasses ? classes : 1;
  const limit = isRestricted || isSmall ? 60 : random.chance(0.9) ? 300 : most;
  const drawn =
    random.chance(0.1) && !isRestricted && !isSmall
      ? bordered(random)
      : plain(random, hasBatchOnly ? [1] : hasClasses ? ranks.slice(0, -1) : ranks);
  const isEmpty = !isSmall && random.chance(0.02);
  const fitting = within(
    drawn,
    isFree && random.chance(0.01) && used <= 3 ? most : Math.max(limit, sizeOf(drawn) > 3000 ? most : 0),
    used,
  );
  return {
    leading: isEmpty && fitting.length > 0 ? [0, ...fitting.slice(1)] : fitting,
    classes: isPadded ? Math.max(2, classes) : classes,
  };
}

const drawnClasses = (random: Random, isSmall: boolean): number =>
  isSmall || random.chance(0.85)
    ? random.integer(1, 5)
    : random.chance(0.85)
      ? random.among([16, 17, 129])
      : random.among([1000, 4097]);

/** How many leading axes, the usual ones more often; with a class axis one less, as tfjs has at most six. */
const ranks = [0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6];

function plain(random: Random, among: readonly number[]): number[] {
  const rank = random.among(among);
  return Array.from({ length: rank }, () => (random.chance(0.9) ? random.among(few) : random.among([15, 16, 17, 31])));
}

/** One axis near a border, among small ones; often it is all there is of one example. */
function bordered(random: Random): number[] {
  if (random.chance(0.05)) return random.shuffled([3, 65_537]);
  const long = random.among(borders);
  if (random.chance(0.3)) return [1, long];
  const others = Array.from({ length: random.integer(0, 2) }, () => random.integer(1, 3));
  return random.shuffled([long, ...others]);
}

/** As many of the axes, from the first, as leave no more entries than wanted; rows of classes cost their square. */
function within(leading: readonly number[], limit: number, classes: number): number[] {
  const kept: number[] = [];
  for (const size of leading) {
    const entries = sizeOf([...kept, size]) * classes;
    kept.push(entries <= limit && entries * classes <= 5e7 ? size : 1);
  }
  return kept;
}
