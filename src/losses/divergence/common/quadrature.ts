/** The ends of an interval, either of which may be infinite. */
export type Interval = readonly [from: number, to: number];

/** Abscissae and weights of the Gauss-Legendre rule of order 5 on [−1, 1]; Abramowitz & Stegun, table 25.4. */
const gaussLegendre: readonly (readonly [x: number, weight: number])[] = [
  [-0.906179845938664, 0.2369268850561891],
  [-0.5384693101056831, 0.4786286704993665],
  [0, 0.5688888888888889],
  [0.5384693101056831, 0.4786286704993665],
  [0.906179845938664, 0.2369268850561891],
];

/** Into how many panels an interval is cut at first, and how often one may be halved where the function is steep. */
const panels = 400;
const halvings = 40;

/**
 * ∫ f(x) dx over an interval in float64: Gauss-Legendre quadrature on panels that are halved until that changes nothing.
 * An infinite end is brought to a finite one by x = t ÷ (1 − t²).
 */
export function integrate(f: (x: number) => number, [from, to]: Interval): number {
  const { start, end, map } = substitution(from, to);
  const integrand = (t: number): number => {
    const [x, slope] = map(t);
    const value = f(x);
    return value === 0 ? 0 : value * slope;
  };
  const step = (end - start) / panels;
  let total = 0;
  for (let panel = 0; panel < panels; panel++) {
    const [left, right] = [start + panel * step, start + (panel + 1) * step];
    total += refined(integrand, left, right, rule(integrand, left, right), halvings);
  }
  return total;
}

function rule(f: (t: number) => number, left: number, right: number): number {
  const half = (right - left) / 2;
  return half * gaussLegendre.reduce((sum, [at, weight]) => sum + weight * f(left + half + half * at), 0);
}

function refined(f: (t: number) => number, left: number, right: number, whole: number, depth: number): number {
  const middle = (left + right) / 2;
  const [first, second] = [rule(f, left, middle), rule(f, middle, right)];
  const better = first + second;
  const isSettled = Math.abs(better - whole) <= 1e-13 + 1e-10 * Math.abs(better);
  if (isSettled || depth === 0 || !Number.isFinite(better)) return better;
  return refined(f, left, middle, first, depth - 1) + refined(f, middle, right, second, depth - 1);
}

type Substitution = (t: number) => readonly [x: number, slope: number];

function substitution(from: number, to: number): { start: number; end: number; map: Substitution } {
  if (Number.isFinite(from) && Number.isFinite(to)) return { start: from, end: to, map: (t) => [t, 1] };
  const offset = Number.isFinite(from) ? from : Number.isFinite(to) ? to : 0;
  return {
    start: Number.isFinite(from) ? 0 : -1,
    end: Number.isFinite(to) ? 0 : 1,
    map: (t) => [offset + t / (1 - t * t), (1 + t * t) / (1 - t * t) ** 2],
  };
}
