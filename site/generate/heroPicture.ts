import { parseHTML } from 'linkedom';
import { curve, range } from '../../scripts/articles/curves.js';
import { huber, meanAbsoluteError, meanSquaredError, quantile } from '../../src/index.js';
import { legendOf, lineChart } from '../elements/chart/index.js';

const { document } = parseHTML('<html><body></body></html>');

/** The picture of the start page, in words of any language: the cost of an error by four losses. */
export function heroPicture(): string {
  const column = (xs: readonly number[]): number[][] => xs.map((x) => [x]);
  const errors = range(-3, 3, 121);
  const zeros = column(errors.map(() => 0));
  const each = { reduction: 'none' } as const;
  const series = [
    curve('meanSquaredError', '', errors, (es) => meanSquaredError(zeros, column(es), each)),
    curve('huber', '', errors, (es) => huber(zeros, column(es), each)),
    curve('meanAbsoluteError', '', errors, (es) => meanAbsoluteError(zeros, column(es), each)),
    curve('quantile', '', errors, (es) => quantile(zeros, column(es), { quantile: 0.9, ...each })),
  ];
  const names = series.map(({ name }) => name);
  const [title, x, y] = [names.join(', '), 'prediction − label', 'loss'];
  const chart = lineChart(document, { title, x, y, series, yDomain: [0, 4], isClipped: true });
  return `${legendOf(document, names).outerHTML}${chart.outerHTML}`;
}
