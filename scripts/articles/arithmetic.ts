/*
 * Plain arithmetic on plain arrays, in float64: what the articles' formulas say, written out. Nothing here knows of
 * tensors, of tfjs or of this package.
 */

type Numbers = readonly number[];

export const sum = (xs: Numbers): number => xs.reduce((total, x) => total + x, 0);
export const mean = (xs: Numbers): number => sum(xs) / xs.length;

/** One number from each pair. */
export const pairs = (xs: Numbers, ys: Numbers, f: (x: number, y: number) => number): number[] =>
  xs.map((x, i) => f(x, ys[i] ?? NaN));

export const squaredErrors = (truth: Numbers, predicted: Numbers): number[] =>
  pairs(truth, predicted, (y, p) => (y - p) ** 2);

export const log = (x: number, base = Math.E): number => (base === Math.E ? Math.log(x) : Math.log(x) / Math.log(base));

/** p·log q with 0·log 0 = 0. */
const times = (p: number, logQ: number): number => (p === 0 ? 0 : p * logQ);

export const crossEntropy = (p: Numbers, q: Numbers, base = Math.E): number =>
  -sum(pairs(p, q, (a, b) => times(a, log(b, base))));

export const entropy = (p: Numbers, base = Math.E): number => crossEntropy(p, p, base);

export const divergence = (p: Numbers, q: Numbers, base = Math.E): number =>
  sum(pairs(p, q, (a, b) => times(a, log(a / b, base))));

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export function softmax(logits: Numbers): number[] {
  const powers = logits.map((z) => Math.exp(z));
  return powers.map((power) => power / sum(powers));
}

/** −t·log p − (1 − t)·log(1 − p). */
export const binaryCrossEntropy = (t: number, p: number): number =>
  -times(t, Math.log(p)) - times(1 - t, Math.log(1 - p));

/** Rectangles at the middle of many small steps. */
export function integrate(f: (x: number) => number, from: number, to: number, steps = 20000): number {
  const width = (to - from) / steps;
  let total = 0;
  for (let i = 0; i < steps; i++) total += f(from + (i + 0.5) * width) * width;
  return total;
}

/** Density of a normal distribution. */
export const normal =
  (mean: number, deviation: number) =>
  (x: number): number =>
    Math.exp(-((x - mean) ** 2) / (2 * deviation ** 2)) / (deviation * Math.sqrt(2 * Math.PI));

/** Slope of f along each coordinate, by a small step to either side. */
export function differenceQuotients(f: (xs: number[]) => number, at: Numbers, step = 1e-5): number[] {
  const moved = (i: number, by: number): number[] => at.map((x, j) => (i === j ? x + by : x));
  return at.map((_, i) => (f(moved(i, step)) - f(moved(i, -step))) / (2 * step));
}

/** Gradient descent: the start and where each step leads. */
export function descend(slope: (xs: number[]) => number[], start: Numbers, rate: number, steps: number): number[][] {
  const path = [[...start]];
  for (let i = 0; i < steps; i++) {
    const at = path[i] ?? [];
    path.push(pairs(at, slope(at), (x, s) => x - rate * s));
  }
  return path;
}
