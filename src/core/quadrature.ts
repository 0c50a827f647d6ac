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

const panels = 400;

/**
 * ∫ f(x) dx over an interval, by Gauss-Legendre quadrature on 400 panels, in float64. An infinite end is brought
 * to a finite one by x = t ÷ (1 − t²).
 */
export function integrate(f: (x: number) => number, [from, to]: Interval): number {
  const { start, end, map } = substitution(from, to);
  const step = (end - start) / panels;
  let total = 0;
  for (let panel = 0; panel < panels; panel++) {
    const middle = start + (panel + 0.5) * step;
    for (const [at, weight] of gaussLegendre) {
      const [x, slope] = map(middle + (at * step) / 2);
      total += f(x) * slope * weight * (step / 2);
    }
  }
  return total;
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
