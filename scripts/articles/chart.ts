import * as vega from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';

export interface Series {
  readonly name: string;
  readonly color: string;
  readonly isDashed: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Panel {
  readonly title: string;
  /** What the horizontal axis is. */
  readonly x: string;
  readonly series: readonly Series[];
  /** The vertical axis begins at 0. */
  readonly fromZero?: boolean;
}

/** Colours that a chart takes from where it stands, or brings along. */
interface Look {
  readonly ink: string;
  readonly background: string | null;
}

const inPage: Look = { ink: 'currentColor', background: null };
const onItsOwn: Look = { ink: '#343a40', background: '#ffffff' };

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** The plot of a panel in the text colour of the page around it; its title and its legend are left to the page. */
export function toSvg(panel: Panel): Promise<string> {
  const whole = { width: 350, height: 240, autosize: { type: 'fit', contains: 'padding' } };
  return render({ ...specOf(panel, null), ...whole, ...frame(inPage) } as TopLevelSpec, panel.title);
}

/** Panels side by side with a heading and a background of their own, for a page that is not ours. */
export function toPicture(panels: readonly Panel[], heading: string, subheading: readonly string[]): Promise<string> {
  const title = {
    text: heading,
    subtitle: subheading,
    anchor: 'start',
    fontSize: 17,
    subtitleFontSize: 12.5,
    offset: 14,
    subtitlePadding: 5,
  };
  const legend = { orient: 'top', title: null, direction: 'horizontal' };
  const resolve = { scale: { color: 'independent', strokeDash: 'independent' } };
  const plots = panels.map((panel) => ({
    ...specOf(panel, legend),
    width: 370,
    height: 240,
    title: { text: panel.title, anchor: 'start' },
  }));
  return render(
    { ...frame(onItsOwn), padding: 18, title, hconcat: plots, spacing: 34, resolve } as TopLevelSpec,
    heading,
  );
}

const frame = ({ ink, background }: Look): object => ({
  background,
  config: {
    font,
    view: { stroke: null },
    axis: {
      labelColor: ink,
      titleColor: ink,
      gridColor: ink,
      gridOpacity: 0.13,
      domainColor: ink,
      tickColor: ink,
      domainOpacity: 0.5,
      tickOpacity: 0.5,
      labelFontSize: 11,
      titleFontSize: 12,
      titleFontWeight: 400,
    },
    legend: {
      labelColor: ink,
      labelFontSize: 11.5,
      symbolStrokeWidth: 3,
      symbolSize: 160,
      labelLimit: 260,
      columnPadding: 12,
      padding: 0,
      offset: 6,
    },
    title: { color: ink, subtitleColor: ink, fontSize: 13, fontWeight: 600 },
  },
});

function specOf({ x, series, fromZero = false }: Panel, legend: object | null): object {
  const names = series.map(({ name }) => name);
  const rows = series.flatMap(({ name, points }) => points.map(([px, py]) => ({ name, x: px, y: py })));
  return {
    data: { values: rows },
    mark: { type: 'line', strokeWidth: 2.5, interpolate: 'linear' },
    encoding: {
      x: { field: 'x', type: 'quantitative', title: x, axis: { tickCount: 6 } },
      y: { field: 'y', type: 'quantitative', title: null, scale: { zero: fromZero, nice: 5 }, axis: { tickCount: 5 } },
      color: {
        field: 'name',
        type: 'nominal',
        scale: { domain: names, range: series.map(({ color }) => color) },
        legend,
      },
      strokeDash: {
        field: 'name',
        type: 'nominal',
        scale: { domain: names, range: series.map(({ isDashed }) => (isDashed ? [5, 4] : [1, 0])) },
        legend,
      },
    },
  };
}

async function render(spec: TopLevelSpec, label: string): Promise<string> {
  const svg = await new vega.View(vega.parse(compile(spec).spec), { renderer: 'none' }).toSVG();
  return svg.replace(
    '<svg ',
    `<svg role="img" aria-label="${label.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" `,
  );
}
