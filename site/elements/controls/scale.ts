import type { NumberFacts } from '../../../scripts/facts/facts.js';

/** The numbers that a slider has, by whole positions from 0 to `last`. */
export interface Scale {
  readonly last: number;
  readonly valueAt: (position: number) => number;
  /** The position closest to a number, also to one beyond the slider. */
  readonly positionOf: (value: number) => number;
}

const STEPS = 100;

/** Logarithmic for numbers far from 0 on one side only, else linear; `middle`, the default, is one of its values. */
export function scaleOf(numbers: NumberFacts, middle: number): Scale {
  return isLogarithmic(numbers, middle) ? logarithmic(numbers, middle) : linear(numbers, middle);
}

/** A number that an option takes first when it has been null. */
export function startOf({ low, high, isInteger }: NumberFacts): number {
  if (isInteger) return Math.min(high, Math.max(low, 0));
  return low >= 0 && high <= 1 ? nearest((low + high) / 2, 0.1) : Math.min(high, Math.max(low, 1));
}

/** A range of this width around 0 is shown whole. */
const WIDTH = 4;

function isLogarithmic({ low, high, isInteger }: NumberFacts, middle: number): boolean {
  if (isInteger || middle <= 0 || low < 0) return false;
  const isTiny = middle < 0.01;
  return isTiny || (low > 0 && high > WIDTH);
}

function logarithmic({ low, high, except }: NumberFacts, middle: number): Scale {
  const decades = middle < 0.01 ? 4 : 2;
  // A slider stays on one side of a number that is refused: losses turn around there.
  const below = except.filter((number) => number < middle);
  const from = Math.max(low, middle / 10 ** decades, ...below);
  const to = Math.min(high, middle * 10 ** decades);
  const perStep = decades / (STEPS / 2);
  const stepsTo = (factor: number): number => Math.floor(Math.log10(factor) / perStep + 1e-9);
  const before = stepsTo(middle / from);
  const after = stepsTo(to / middle);
  const last = before + after;
  const valueAt = (position: number): number => {
    if (position === before) return middle;
    const value = clamp(Number((middle * 10 ** ((position - before) * perStep)).toPrecision(2)), low, high);
    return except.includes(value) ? value * 1.01 : value;
  };
  const about = (value: number): number => before + (value > 0 ? Math.log10(value / middle) : -Infinity) / perStep;
  return { last, valueAt, positionOf: (value) => closest(value, about(value), last, valueAt) };
}

/** The position closest to a number, near one that is about right: values are rounded and moved. */
function closest(value: number, about: number, last: number, valueAt: Scale['valueAt']): number {
  const middle = clampTo(last, about);
  const near = [middle, middle - 1, middle + 1].filter((position) => position >= 0 && position <= last);
  const farness = (position: number): number => Math.abs(valueAt(position) - value);
  return near.reduce((best, position) => (farness(position) < farness(best) ? position : best), middle);
}

function linear({ low, high, isInteger, except }: NumberFacts, middle: number): Scale {
  const [from, to] = rangeOf({ low, high, isInteger }, middle);
  const step = isInteger ? 1 : niceStep((to - from) / STEPS);
  const last = Math.max(1, Math.floor((to - from) / step + 1e-9));
  // A default that lies between two positions has the place of one of them.
  const home = clampTo(last, (middle - from) / step);
  const valueAt = (position: number): number => {
    if (position === home) return middle;
    const value = clamp(nearest(from + position * step, step), low, high);
    return except.includes(value) ? value + step / 2 : value;
  };
  return { last, valueAt, positionOf: (value) => closest(value, (value - from) / step, last, valueAt) };
}

/** What a linear slider shows of the numbers that are accepted. */
function rangeOf(
  { low, high, isInteger }: Pick<NumberFacts, 'low' | 'high' | 'isInteger'>,
  middle: number,
): [number, number] {
  if (high - low <= WIDTH) return [low, high];
  if (isInteger) return [Math.max(low, middle - 5), Math.min(high, middle + 5)];
  const reach = middle === 0 ? 2 : 3 * Math.max(1, Math.abs(middle));
  return low >= 0
    ? [low, Math.min(high, 4 * middle || reach)]
    : [Math.max(low, middle - reach), Math.min(high, middle + reach)];
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough) + 1e-9);
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
}

/** The multiple of a step closest to a number, without the digits that floats add. */
const nearest = (value: number, step: number): number => Number((Math.round(value / step) * step).toPrecision(12));

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const clampTo = (last: number, position: number): number => clamp(Math.round(position), 0, last);
