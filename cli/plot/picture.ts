import { toPicture } from '../../scripts/articles/chart.js';
import type { Curve, Points } from './curves.js';

const colours = ['#1c7ed6', '#e8590c', '#2f9e44', '#ae3ec9'];

/** Both charts side by side, as SVG. */
export function toSvg(curves: readonly Curve[], x: string, code: string): Promise<string> {
  const panel = (title: string, pick: (curve: Curve) => Points) => ({
    title,
    x,
    series: curves.map((curve, i) => ({
      name: curve.name,
      color: colours[i % colours.length] ?? '#1c7ed6',
      isDashed: i % 2 === 1,
      points: pick(curve).filter(([, y]) => Number.isFinite(y)),
    })),
  });
  return toPicture([panel('loss', ({ values }) => values), panel('gradient', ({ gradients }) => gradients)], code, []);
}
