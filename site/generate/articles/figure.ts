import { parseHTML } from 'linkedom';
import type { Panel } from '../../../scripts/articles/chart.js';
import { legendOf, lineChart } from '../../elements/chart/index.js';
import type { Language } from '../../words/index.js';
import { escaped } from './html.js';
import { labelIn } from './labels.js';
import { irisTable } from './iris.js';
import { pictures, type Picture } from './pictures.js';
import { recordedIris } from './recorded.js';

const { document } = parseHTML('<html><body></body></html>');

/** A page with what it shows of `scripts/articles`, on lines of their own: `@picture name`, and `@iris`, the training. */
export const withFigures = (page: string, language: Language): string =>
  page
    .replace(/^@picture ([\w-]+)$/gm, (_, name: string) => figure(name, language))
    .replace(/^@iris$/gm, () => irisTable(recordedIris(), language));

/** A picture as HTML: its charts with one legend and a caption. */
function figure(name: string, language: Language): string {
  const picture = pictures[name];
  if (!picture) throw new Error(`@picture ${name}: there are ${Object.keys(pictures).join(', ')}`);
  const panels = picture.panels(recordedIris());
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
  const svg = lineChart(document, {
    title: `${picture.title[language]}: ${title} (${names.join(', ')})`,
    x: labelIn(panel.x, language),
    y: title,
    series: panel.series.map(({ name, points }) => ({ name: labelIn(name, language), points })),
  });
  return svg.outerHTML.replaceAll('\n', ' ');
}
