import { make } from '../make.js';

export type Points = readonly (readonly [x: number, y: number])[];

export interface Series {
  readonly name: string;
  readonly points: Points;
}

/** Colours differ in lightness too, and lines by dashes, for who sees no colours. The colours stand in style.css. */
const dashes = ['none', '6 3', '2 3', '9 3 2 3'];

export const colourOf = (series: number): string => `var(--chart-${(series % dashes.length) + 1})`;

export const dashOf = (series: number): string => dashes[series % dashes.length] ?? 'none';

/** The names of series with the lines that they have in charts, to stand once beside several of these. */
export const legendOf = (document: Document, names: readonly string[]): HTMLUListElement =>
  make(
    document,
    'ul',
    { class: 'chart-legend' },
    ...names.map((name, series) => {
      const line = make(document, 'span', { 'aria-hidden': 'true' });
      line.innerHTML = `<svg width="26" height="8"><path d="M1,4H25" stroke="${colourOf(series)}" stroke-width="2" stroke-dasharray="${dashOf(series)}"/></svg>`;
      return make(document, 'li', {}, line, name);
    }),
  );
