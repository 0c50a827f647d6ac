import * as Plot from '@observablehq/plot';

/** What charts of all sorts have. */
export interface Frame {
  /** Said to who does not see the chart. */
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** In pixels; the chart fills the width of its place and keeps its proportions. */
  readonly width?: number;
  readonly height?: number;
  readonly yDomain?: readonly [low: number, high: number] | undefined;
}

/** Marks in a frame, as SVG; in Node with the document of `linkedom`. */
export function framed(
  document: Document,
  { title, x, y, width = 340, height = 210, yDomain }: Frame,
  marks: readonly Plot.Markish[],
  scales: { readonly x?: Plot.ScaleOptions } = {},
): SVGSVGElement {
  const svg = Plot.plot({
    document,
    width,
    height,
    marginLeft: 44,
    marginBottom: 34,
    ariaLabel: title,
    className: 'chart-plot',
    x: { label: x, labelAnchor: 'center', labelArrow: 'none', ticks: width / 60, ...scales.x },
    y: {
      label: y,
      labelArrow: 'none',
      grid: true,
      ticks: 5,
      tickFormat: tickText,
      ...(yDomain ? { domain: yDomain } : {}),
    },
    marks: [...marks],
  }) as SVGSVGElement;
  svg.setAttribute('role', 'img');
  // Its rules stand in style.css.
  svg.querySelector('style')?.remove();
  // The picture has one name, and its parts need none.
  svg.querySelectorAll('g[aria-label]').forEach((part) => part.removeAttribute('aria-label'));
  return svg;
}

/** A number on an axis: short, also where it is large or small. */
function tickText(value: number): string {
  const size = Math.abs(value);
  const text =
    size !== 0 && (size >= 1e4 || size < 1e-3) ? value.toExponential() : String(Number(value.toPrecision(6)));
  return text.replace('e+', 'e').replaceAll('-', '−');
}
