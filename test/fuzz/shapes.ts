import { domainNamesOf } from '../support/domains.js';
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
/** Entries of one example: means of K mixtures of D numbers are K·D, and their gradient holds dozens of such arrays. */
const mostOfExample = 1e6;

/**
 * Losses that sort or compare in pairs, of whose many entries some would lie so close that rounding changes their order;
 * and one that takes rows in chunks of few, where features are few.
 */
const restricted = new Set([
  'lovaszHinge',
  'lovaszSoftmax',
  'multiclassSparsemax',
  'multilabelMargin',
  'pairwiseLogistic',
  'pairwiseHinge',
  'pairwiseSoftZeroOne',
  'pairwiseMeanSquaredError',
  'listMle',
  'approxNdcg',
  'approxMrr',
  'uniqueSoftmax',
  'linearCrossentropy',
]);

/** A shape for a loss; small ones only where backends are slow. */
export function drawnShape(loss: AnyLoss, random: Random, isSlow: boolean): DrawnShape {
  const { inputs } = signatureFor(loss, {}, [3]);
  const hasBatchOnly = inputs.every(({ dots }) => !dots);
  const axesOfClasses = Math.max(...inputs.map(({ after }) => after.filter((name) => !/^\d+$/.test(name)).length));
  const isPadded = domainNamesOf(loss.definition, defaultsOf(loss)).some((domain) => domain === 'paddedIndex');
  // The probability of the only class is 1, where an error of 0 has a kink.
  const needsTwo = isPadded || loss.name === 'lovaszSoftmax';
  const isSmall = isSlow || restricted.has(loss.name) || hasBatchOnly;
  const isBordered = !isSmall && random.chance(0.15);
  const classes = Math.min(
    Math.max(needsTwo ? 2 : 1, drawnClasses(random, isSmall)),
    Math.round(mostOfExample ** (1 / Math.max(1, axesOfClasses))),
  );
  const hasAxis = inputs.some(({ after }) => after.length > 0);
  const ranks = hasBatchOnly ? [1] : hasAxis ? usualRanks.slice(0, -1) : usualRanks;
  const drawn = isBordered ? bordered(random) : plain(random, ranks);
  const limit = isSmall ? 60 : isBordered || random.chance(0.03) ? most : 300;
  const leading = within(drawn, limit, axesOfClasses > 0 ? classes : 1);
  return { leading: random.chance(0.02) ? leading.map((size, axis) => (axis === 0 ? 0 : size)) : leading, classes };
}

const drawnClasses = (random: Random, isSmall: boolean): number =>
  isSmall || random.chance(0.85)
    ? random.integer(1, 5)
    : random.chance(0.85)
      ? random.among([16, 17, 129])
      : random.among([1000, 4097]);

/** How many leading axes, the usual ones more often; with an axis of their own one less, as tfjs has at most six. */
const usualRanks = [0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6];

function plain(random: Random, among: readonly number[]): number[] {
  const rank = random.among(among);
  return Array.from({ length: rank }, () => (random.chance(0.9) ? random.among(few) : random.among([15, 16, 17, 31])));
}

/** One axis near a border, among small ones; often it is all there is of one example. */
function bordered(random: Random): number[] {
  if (random.chance(0.05)) return random.shuffled([3, 65_537]);
  const long = random.among(borders);
  if (random.chance(0.4)) return [1, random.chance(0.5) ? long : random.among([4097, 5000, 8193])];
  const others = Array.from({ length: random.integer(0, 2) }, () => random.integer(1, 3));
  return random.shuffled([long, ...others]);
}

/** As many of the axes, from the first, as leave no more entries than wanted; rows of classes cost their square. */
function within(leading: readonly number[], limit: number, classes: number): number[] {
  const kept: number[] = [];
  for (const size of leading) {
    const entries = sizeOf([...kept, size]) * classes;
    kept.push(entries <= limit && entries * classes <= 5e6 ? size : 1);
  }
  return kept;
}
