import { legendOf, lineChart } from '../chart/index.js';
import { make } from '../make.js';
import type { Curve } from './curve.js';
import type { PlaygroundWords } from './words.js';

/** The curves of the losses along one entry, with a mark where the entry stands. */
export interface CurvePart {
  readonly element: HTMLElement;
  readonly show: (place: string, curves: readonly { readonly name: string; readonly curve: Curve }[]) => void;
  readonly mark: (x: number) => void;
}

export function curvePart(words: PlaygroundWords): CurvePart {
  const title = make(document, 'h3', {});
  const legend = make(document, 'div', {});
  const charts = make(document, 'div', { class: 'playground-charts' });
  const element = make(
    document,
    'section',
    { class: 'playground-curve' },
    title,
    legend,
    charts,
    make(document, 'p', { class: 'playground-note' }, words.curveHint),
  );
  let marks: ((x: number) => void)[] = [];
  let at = 0;
  return {
    element,
    show: (place, curves) => {
      title.textContent = words.curve(place);
      const chart = (y: string, pick: (curve: Curve) => Curve['values']): SVGSVGElement =>
        lineChart(document, {
          title: `${words.curve(place)}: ${y}`,
          x: place,
          y,
          series: curves.map(({ name, curve }) => ({ name, points: pick(curve) })),
        });
      const hasDerivative = curves.some(({ curve }) => curve.gradients.length > 0);
      const drawn = [
        chart(words.value, ({ values }) => values),
        ...(hasDerivative ? [chart(words.derivative, ({ gradients }) => gradients)] : []),
      ];
      legend.replaceChildren(
        ...(curves.length > 1
          ? [
              legendOf(
                document,
                curves.map(({ name }) => name),
              ),
            ]
          : []),
      );
      charts.replaceChildren(...drawn);
      marks = drawn.map(markIn);
      marks.forEach((mark) => mark(at));
    },
    mark: (x) => {
      at = x;
      marks.forEach((mark) => mark(x));
    },
  };
}

/** A plot knows how its numbers become places. */
interface Scaled {
  scale(name: 'x'): { readonly domain: readonly [number, number]; readonly apply: (x: number) => number };
}

/** Adds an upright line to a chart, and moves it. */
function markIn(svg: SVGSVGElement): (x: number) => void {
  const { domain, apply } = (svg as unknown as Scaled).scale('x');
  const line = document.createElementNS(svg.namespaceURI, 'line');
  line.setAttribute('class', 'playground-mark');
  line.setAttribute('y1', '20');
  line.setAttribute('y2', String(Number(svg.getAttribute('height')) - 34));
  svg.append(line);
  return (x) => {
    const place = String(apply(Math.min(domain[1], Math.max(domain[0], x))));
    line.setAttribute('x1', place);
    line.setAttribute('x2', place);
  };
}
