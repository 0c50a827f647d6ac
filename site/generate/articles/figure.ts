import { parseHTML } from 'linkedom';
import type { Panel } from '../../../scripts/articles/chart.js';
import { legendOf, lineChart } from '../../elements/chart/index.js';
import type { Language } from '../../words/index.js';
import { escaped } from './html.js';
import { labelIn } from './labels.js';
import { pictures, type Picture, type PictureName } from './pictures.js';

const { document } = parseHTML('<html><body></body></html>');

/** A picture as HTML: its charts with one legend and a caption. */
export function figure(name: string, language: Language): string {
  if (!(name in pictures)) throw new Error(`@picture ${name}: there are ${Object.keys(pictures).join(', ')}`);
  const picture: Picture = pictures[name as PictureName];
  const panels = picture.panels();
  const longest = panels.reduce((most, panel) => (namesOf(panel).length > namesOf(most).length ? panel : most));
  const names = namesOf(longest).map((series) => labelIn(series, language));
  return [
    `<figure v-pre class="picture">`,
    ...(names.length > 1 ? [legendOf(document, names).outerHTML] : []),
    '<div class="panels">',
    ...panels.map((panel) => chart(picture, panel, language)),
    '</div>',
    `<figcaption>${escaped(picture.caption[language])}</figcaption>`,
    '</figure>',
  ].join('\n');
}

/** A name stands once in the legend, though several lines may bear it. */
const namesOf = (panel: Panel): string[] => [...new Set(panel.series.map(({ name }) => name))];

function chart(picture: Picture, panel: Panel, language: Language): string {
  const names = namesOf(panel).map((name) => labelIn(name, language));
  const title = labelIn(panel.title, language);
  return lineChart(document, {
    title: `${picture.title[language]}: ${title} (${names.join(', ')})`,
    x: labelIn(panel.x, language),
    y: title,
    series: panel.series.map(({ name, points }) => ({ name: labelIn(name, language), points })),
  }).outerHTML.replaceAll('\n', ' ');
}
