import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import type { Facts } from '../../scripts/facts/facts.js';
import { allLosses } from '../../src/getLoss.js';
import { legendOf, lineChart } from '../elements/chart/index.js';
import { type DataName, dataNames } from '../elements/race/data/names.js';
import { dataOf } from '../elements/race/data/index.js';
import type { LossList } from '../elements/race/lossList.js';
import { offeredFor } from '../elements/race/offered.js';
import type { Recorded } from '../elements/race/outcome.js';
import { type PresetName, presetNames, presets } from '../elements/race/presets.js';
import { labelOf } from '../elements/race/racerLabel.js';
import { percent, raceWords } from '../elements/race/words.js';
import { SITE } from '../config/places.js';
import type { Language } from '../words/index.js';
import { digitsFile } from './digits.js';

/** Files that the race fetches when it is started, by path. */
export function raceFiles(facts: Facts): ReadonlyMap<string, string | Uint8Array> {
  const digits = digitsFile();
  const tasks = Object.fromEntries(facts.losses.map(({ name, tasks: own }) => [name, own]));
  const offeredNames = (name: DataName): readonly string[] =>
    offeredFor(dataOf(name, 1, digits), allLosses(), tasks).map((loss) => loss.name);
  const offered = Object.fromEntries(dataNames.map((name) => [name, offeredNames(name)])) as LossList['offered'];
  const names = new Set(Object.values(offered).flat());
  const options = facts.losses.filter(({ name }) => names.has(name)).map((loss) => [loss.name, loss.options] as const);
  const list: LossList = {
    offered,
    options: Object.fromEntries(options),
  };
  return new Map<string, string | Uint8Array>([
    ['race/digits.bin', digits],
    ['race/losses.json', JSON.stringify(list)],
  ]);
}

const recorded = (): Readonly<Record<PresetName, Recorded>> =>
  JSON.parse(readFileSync(`${SITE}elements/race/recorded.json`, 'utf8')) as Record<PresetName, Recorded>;

/** A page with `@race` replaced by the race, and each line `@race name` by what was recorded of that preset. */
export const withRaces = (page: string, language: Language): string =>
  page
    .replace(/^@race$/gm, () => race(language))
    .replace(/^@race (\w+)$/gm, (_, name: string) =>
      figure(name as PresetName, recorded()[name as PresetName], language),
    );

const cells = (tag: 'td' | 'th', texts: readonly string[]): string =>
  `<tr>${texts.map((text) => `<${tag}>${text}</${tag}>`).join('')}</tr>`;

/** The race before it is started: a table of what was recorded. */
function race(language: Language): string {
  const words = raceWords(language);
  const all = recorded();
  const rows = presetNames.map((name) => {
    const { settings, claim } = presets[name];
    const [a, b] = rangesOf(all[name]);
    const link = `<a href="#preset=${name}">${words.presets[name]}</a>`;
    const [first, second] = settings.racers.map((racer) => `<code>${labelOf(racer)}</code>`);
    return cells('td', [link, String(claim.steps), `${first}<br>${a}`, `${second}<br>${b}`]);
  });
  const head = cells('th', [words.preset, words.step, 'A', 'B']);
  return [
    '<loss-race>',
    `<div class="race-static" v-pre><p>${words.needsScript}</p>`,
    `<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table></div>`,
    '</loss-race>',
  ].join('\n');
}

/** The least and the greatest of the scores at the end, of both nets. */
const rangesOf = ({ ends }: Recorded): readonly string[] =>
  [0, 1].map((i) => {
    const own = ends.map((pair) => pair[i as 0 | 1]);
    const [low, high] = [percent(Math.min(...own)), percent(Math.max(...own))];
    return low === high ? low : `${low} – ${high}`;
  });

function figure(name: PresetName, own: Recorded, language: Language): string {
  const { document } = parseHTML('<html><body></body></html>');
  const words = raceWords(language);
  const { settings, claim } = presets[name];
  const [a = '', b = ''] = rangesOf(own);
  const series = settings.racers.map((racer, i) => ({
    name: `${'AB'[i]}: ${labelOf(racer)}`,
    points: own.curve.map((point) => [point[0], point[i + 1] ?? NaN] as const),
  }));
  const y = settings.data === 'masks' ? words.overlap : words.accuracy;
  const title = words.recordedTitle(words.presets[name]);
  const chart = lineChart(document, { title, x: words.step, y, series, yDomain: [0, 1], width: 460, height: 200 });
  const legend = legendOf(
    document,
    series.map((one) => one.name),
  );
  const caption = `${words.recorded(claim.steps, own.ends.length, a, b)} <a href="#preset=${name}">${words.run}</a>`;
  const parts = [chart.outerHTML, legend.outerHTML, `<figcaption>${caption}</figcaption>`];
  return `<figure class="race-recorded" v-pre>\n${parts.join('\n')}\n</figure>`;
}
