import { line, ruleY } from '@observablehq/plot';
import { type Frame, framed } from './frame.js';
import { colourOf, dashOf, type Points, type Series } from './series.js';

export interface LineChart extends Frame {
  readonly series: readonly Series[];
  readonly xDomain?: readonly [low: number, high: number] | undefined;
  /** Lines end at the frame; for domains that do not hold them. */
  readonly isClipped?: boolean;
  /** Lines to be seen faintly behind the others, such as those before a change. */
  readonly ghosts?: readonly Points[];
}

/** Lines over one axis. What is not finite leaves a gap. */
export function lineChart(document: Document, chart: LineChart): SVGSVGElement {
  const ghosts = chart.ghosts ?? [];
  const marks = [
    ruleY([0], { strokeOpacity: 0.4 }),
    ...ghosts.map((points) => line(points, { stroke: 'currentColor', strokeOpacity: 0.3, strokeWidth: 1 })),
    ...chart.series.map(({ points }, i) =>
      line(points, {
        stroke: colourOf(i),
        strokeDasharray: dashOf(i),
        strokeWidth: 2,
        clip: chart.isClipped === true,
      }),
    ),
  ];
  return framed(document, chart, marks, { x: chart.xDomain ? { domain: chart.xDomain } : {} });
}
