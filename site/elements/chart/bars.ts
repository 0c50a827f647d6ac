import { barY, ruleY, text } from '@observablehq/plot';
import { type Frame, framed } from './frame.js';

export interface Bar {
  readonly name: string;
  readonly value: number;
}

export interface BarChart extends Frame {
  readonly bars: readonly Bar[];
}

/** A bar for each number, up or down from 0, with its value as text as long as there is room. */
export function barChart(document: Document, chart: BarChart): SVGSVGElement {
  const drawn = chart.bars.map(({ name, value }, i) => ({
    at: i,
    name,
    value: Number.isFinite(value) ? value : 0,
    given: value,
  }));
  const hasRoom = drawn.length * 34 <= (chart.width ?? 340);
  const marks = [
    barY(drawn, {
      x: 'at',
      y: 'value',
      fill: ({ value }: { readonly value: number }) => (value < 0 ? 'var(--chart-2)' : 'var(--chart-1)'),
      title: ({ name, given }: (typeof drawn)[number]) => `${name}: ${given}`,
    }),
    ruleY([0]),
    ...(hasRoom
      ? [
          text(drawn, { ...valueText, filter: ({ value }) => value >= 0, dy: -6 }),
          text(drawn, { ...valueText, filter: ({ value }) => value < 0, dy: 7 }),
        ]
      : []),
  ];
  return framed(document, { ...chart, yDomain: chart.yDomain ?? roomFor(drawn.map(({ value }) => value)) }, marks, {
    x: {
      type: 'band',
      domain: drawn.map(({ at }) => at),
      tickFormat: (at: number) => (hasRoom || at % Math.ceil(drawn.length / 10) === 0 ? (drawn[at]?.name ?? '') : ''),
    },
  });
}

const valueText = {
  x: 'at',
  y: 'value',
  text: ({ given }: { readonly given: number }) => short(given),
  fill: 'currentColor',
} as const;

const short = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−');

/** From 0 to the largest bar, on both sides, with room for the text over it. */
function roomFor(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const room = 0.12 * (high - low || 1);
  return [low < 0 ? low - room : 0, high > 0 || low === 0 ? high + room : 0];
}
