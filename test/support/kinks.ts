import { grad, sum, tidy, type Tensor } from '@tensorflow/tfjs';
import { type DomainName } from '../../src/definition/domain.js';
import { toTensor, type Values } from './draw.js';

/** A number at which the slope of a function of one number jumps. */
export interface Kink {
  readonly x: number;
  /** Slopes to both sides, by differences. */
  readonly left: number;
  readonly right: number;
  /** Whether 0 is a subgradient: the function is not less on either side. */
  readonly isLowest: boolean;
  /** The derivative at the kink, by autodiff. */
  readonly derivative: number;
}

/** A function of one entry of a tensor: several values, and the derivative of their sum. */
interface Line {
  readonly valuesAt: (x: number) => number[];
  readonly derivativeAt: (x: number) => number;
}

/** What `f` gives along one entry of `values`. */
function lineAlong(f: (x: Tensor) => Tensor, values: Values, entry: number): Line {
  const at = (x: number): Tensor => toTensor({ ...values, data: values.data.map((y, e) => (e === entry ? x : y)) });
  const derivative = grad((x: Tensor) => sum(f(x)));
  return {
    valuesAt: (x) => Array.from(tidy(() => f(at(x))).dataSync()),
    derivativeAt: (x) => tidy(() => derivative(at(x)).dataSync()[entry] as number),
  };
}

/** Numbers of a domain between which kinks along an entry, which is x, are looked for. */
export function pointsOf(domain: DomainName, x: number): number[] {
  if (domain === 'probability' || domain === 'distribution') return [1, 5, 9, 13, 15].map((n) => n / 16);
  if (domain === 'cosine') return [-13, -9, -5, -1, 3, 7, 11, 15].map((n) => n / 16);
  const middle = domain === 'box' ? x : 0;
  const points = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].map((step) => middle + step + 1 / 64);
  return points.filter((point) => isInside(domain, point));
}

const isInside = (domain: DomainName, x: number): boolean =>
  domain === 'nonNegative' ? x > 0 : domain === 'logProbability' ? x < 0 : true;

/**
 * Kinks of f along one entry of `values`: at most one in each of the two intervals between `points` over which the
 * derivative changes most.
 */
export function kinksAlong(f: (x: Tensor) => Tensor, values: Values, entry: number, points: readonly number[]): Kink[] {
  const line = lineAlong(f, values, entry);
  const ends = points.map((x): End => ({ x, slope: line.derivativeAt(x) }));
  const intervals = ends.slice(1).map((high, i): Interval => [ends[i] as End, high]);
  return intervals
    .sort((a, b) => jump(b) - jump(a))
    .slice(0, 2)
    .flatMap((interval) => kinkIn(line, interval) ?? []);
}

interface End {
  readonly x: number;
  readonly slope: number;
}

type Interval = readonly [low: End, high: End];

const jump = ([low, high]: Interval): number => Math.abs(high.slope - low.slope);

/** Distances from a kink at which slopes are taken. */
const near = 1 / 16384;
const far = 1 / 512;

/** How much slopes to both sides of a kink differ, at least. */
const least = 1 / 32;

/** The kink to which bisecting on the larger jump of the derivative leads; null if there is none at a short number. */
function kinkIn(line: Line, whole: Interval): Kink | null {
  let interval = whole;
  for (let halved = 0; interval[1].x - interval[0].x > 1 / 128; halved++) {
    // The jump over a piece of a smooth curve shrinks with the piece.
    if (jump(interval) < least / 2 || (halved === 5 && jump(interval) < jump(whole) / 8)) return null;
    const x = (interval[0].x + interval[1].x) / 2;
    const middle: End = { x, slope: line.derivativeAt(x) };
    const [low, high]: [Interval, Interval] = [
      [interval[0], middle],
      [middle, interval[1]],
    ];
    interval = jump(low) >= jump(high) ? low : high;
  }
  return kinkAt(line, shortest(interval[0].x, interval[1].x));
}

/** The number between two bounds that has the fewest binary digits behind the point. */
function shortest(low: number, high: number): number {
  let steps = 1;
  while (Math.ceil(low * steps) > Math.floor(high * steps)) steps *= 2;
  return Math.ceil(low * steps) / steps;
}

/**
 * The kink at x; null if there is none. A steep curve and a kink nearby look like a kink from far away, so that the slopes
 * at two distances have to agree.
 */
function kinkAt(line: Line, x: number): Kink | null {
  const here = line.valuesAt(x);
  const rise = (step: number): number =>
    line.valuesAt(x + step).reduce((total, value, i) => total + value - (here[i] as number), 0);
  const [left, right] = [rise(-near) / -near, rise(near) / near];
  const doubts = [left - rise(-far) / -far, right - rise(far) / far];
  const size = Math.abs(right - left);
  if (!(size > least && doubts.every((doubt) => Math.abs(doubt) < size / 8))) return null;
  // Where the slope of a side is nearly 0, the kink is a rounding error away from x.
  const isLowest = (left === 0 || left < -size / 16) && (right === 0 || right > size / 16);
  return { x, left, right, isLowest, derivative: line.derivativeAt(x) };
}
