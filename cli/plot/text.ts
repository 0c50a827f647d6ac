import { plot, type Settings } from 'simple-ascii-chart';
import { shortest } from '../output/numbers.js';
import type { Curve, Points } from './curves.js';

/** Cyan, yellow, magenta, green. */
const colours = [36, 33, 35, 32];

const marks = ['●', '○', '▲', '△'];

function markOf(series: number, isColoured: boolean): string {
  const mark = marks[series % marks.length] ?? '';
  return isColoured ? `\u001b[${colours[series % colours.length]}m${mark}\u001b[0m` : mark;
}

/** Round numbers within the range of some others, at most so many. */
function ticks(numbers: readonly number[], most: number): number[] {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const rough = (high - low) / most;
  if (!(rough > 0)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(6)),
  );
}

/** The chart of the loss and that of its gradient, for a terminal. */
export function toText(
  curves: readonly Curve[],
  x: string,
  { width, isColoured }: { readonly width: number; readonly isColoured: boolean },
): string {
  const chart = (title: string, pick: (curve: Curve) => Points): string => {
    const lines = curves.map((curve) =>
      pick(curve)
        .filter(([, y]) => Number.isFinite(y))
        .map(([px, py]): [number, number] => [px, py]),
    );
    if (lines.every((line) => line.length === 0)) return `${title}: not finite anywhere`;
    const xs = lines.flatMap((line) => line.map(([px]) => px));
    const ys = lines.flatMap((line) => line.map(([, py]) => py));
    // Series are drawn one after the other, and points of each are counted from 0.
    let series = -1;
    const settings: Settings = {
      width: Math.max(30, Math.min(72, width - 14)),
      height: 12,
      title,
      xLabel: x,
      customXAxisTicks: ticks(xs, 8),
      customYAxisTicks: ticks(ys, 5),
      formatter: (value) => (typeof value === 'number' ? shortest(Number(value.toPrecision(3))) : value),
      // Series are told apart without colours too.
      lineFormatter: ({ index, plotX, plotY }) => {
        if (index === 0) series += 1;
        return { x: plotX, y: plotY, symbol: markOf(series, isColoured) };
      },
    };
    return plot(lines, settings)
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== '')
      .join('\n');
  };
  const legend = curves.map(({ name }, i) => `${markOf(i, isColoured)} ${name}`).join('   ');
  return [legend, chart('loss', ({ values }) => values), chart('gradient', ({ gradients }) => gradients)].join('\n\n');
}
