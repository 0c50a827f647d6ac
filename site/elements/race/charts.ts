import { legendOf, lineChart } from '../chart/index.js';
import { make } from '../make.js';
import type { Curves } from './history.js';
import { labelOf } from './racerLabel.js';
import type { Settings } from './settings.js';
import type { RaceWords } from './words.js';

/** The curves of a race. */
export interface Charts {
  readonly element: HTMLElement;
  readonly draw: (curves: readonly [Curves, Curves], settings: Settings) => void;
}

export function chartsOf(document: Document, words: RaceWords): Charts {
  const legend = make(document, 'div', {});
  const places = Array.from({ length: 4 }, () => make(document, 'div', { class: 'race-chart' }));
  const element = make(document, 'div', {}, legend, make(document, 'div', { class: 'race-charts' }, ...places));
  return {
    element,
    draw: ([a, b], settings) => {
      const names = settings.racers.map((racer, i) => `${'AB'[i]}: ${labelOf(racer)}`);
      const score = settings.data === 'masks' ? words.overlap : words.accuracy;
      const both = (of: keyof Curves): { name: string; points: Curves['score'] }[] =>
        [a, b].map((curves, i) => ({ name: names[i] ?? '', points: curves[of] }));
      // A series without points keeps the colours of the others.
      const only = (of: 0 | 1): ReturnType<typeof both> =>
        both('loss').map((series, i) => (i === of ? series : { ...series, points: [] }));
      const frame = { x: words.step, width: 340, height: 190 };
      const drawn = [
        lineChart(document, { ...frame, title: score, y: score, series: both('score'), yDomain: [0, 1] }),
        lineChart(document, { ...frame, title: words.gradient, y: words.gradientAxis, series: both('gradient') }),
        lineChart(document, { ...frame, title: words.lossOf('A'), y: words.lossOf('A'), series: only(0) }),
        lineChart(document, { ...frame, title: words.lossOf('B'), y: words.lossOf('B'), series: only(1) }),
      ];
      places.forEach((place, i) => place.replaceChildren(drawn[i] as SVGSVGElement));
      legend.replaceChildren(legendOf(document, names));
    },
  };
}
