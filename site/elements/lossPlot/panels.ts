import type { Curve, Points } from '../../../cli/plot/curves.js';
import { legendOf, lineChart } from '../chart/index.js';
import type { PlotWords } from './words.js';

/** Curves of a loss, and those with the numbers of the options at their defaults. */
export interface Panels {
  readonly loss: string;
  readonly x: string;
  readonly curves: readonly Curve[];
  readonly before: readonly Curve[];
}

/** The charts of value and gradient, and the names of their curves. */
export function panelsOf(
  document: Document,
  { loss, x, curves, before }: Panels,
  words: PlotWords,
): readonly Element[] {
  const names = curves.map(({ name }) => words.translated(name));
  const over = words.translated(x);
  const [xs] = curves.map(({ values }) => values.map(([at]) => at));
  const panel = (y: string, pick: (curve: Curve) => Points): Element =>
    lineChart(document, {
      title: words.picture(y, loss, over, names),
      x: over,
      y,
      series: curves.map((curve) => ({ name: curve.name, points: pick(curve) })),
      ghosts: before.map(pick),
      xDomain: [xs?.[0] ?? 0, xs?.at(-1) ?? 1],
      yDomain: rangeOf([...curves, ...before].map(pick)),
    });
  return [
    panel(words.value, ({ values }) => values),
    panel(words.gradient, ({ gradients }) => gradients),
    ...(names.length > 1 || names[0] !== loss ? [legendOf(document, names)] : []),
  ];
}

/**
 * What the axis shows: all curves and 0. Curves with the numbers at their defaults are among them, so that the axis stays
 * while a slider makes a loss smaller, and grows with it beyond.
 */
function rangeOf(lines: readonly Points[]): readonly [number, number] {
  const ys = lines.flatMap((line) => line.map(([, y]) => y)).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...ys), Math.max(0, ...ys)];
  const room = 0.04 * (high - low || 1);
  return [low < 0 ? low - room : low, high + room];
}
