import { plot, type Settings } from 'simple-ascii-chart';
import { shortest } from '../output/numbers.js';
import type { Curve, Points } from './curves.js';

const colours = ['ansiCyan', 'ansiYellow', 'ansiMagenta', 'ansiGreen'] as const;

/** The chart of the loss and that of its gradient, for a terminal. */
export function toText(curves: readonly Curve[], x: string, { width, isColoured }: { readonly width: number; readonly isColoured: boolean }): string {
  const chart = (title: string, pick: (curve: Curve) => Points): string => {
    const lines = curves.map((curve) => pick(curve).filter(([, y]) => Number.isFinite(y)).map(([px, py]): [number, number] => [px, py]));
    if (lines.every((line) => line.length === 0)) return `${title}: not finite anywhere`;
    const settings: Settings = {
      width: Math.max(30, Math.min(72, width - 14)),
      height: 12,
      title,
      xLabel: x,
      formatter: (value) => (typeof value === 'number' ? shortest(Number(value.toPrecision(3))) : value),
      legend: { position: 'bottom', series: curves.map(({ name }) => name) },
      ...(isColoured ? { color: curves.map((_, i) => colours[i % colours.length] ?? 'ansiCyan') } : { symbols: {} }),
    };
    return plot(lines, settings);
  };
  return [chart('loss', ({ values }) => values), chart('gradient', ({ gradients }) => gradients)].join('\n');
}
