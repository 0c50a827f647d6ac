import { readFileSync } from 'node:fs';
import type { Iris } from '../../../scripts/articles/iris.js';
import type { Language } from '../../words/index.js';
import { SITE } from '../../config/places.js';
import { articleWords } from './words.js';

/** Where the training of `scripts/articles/iris.ts` is recorded, by `npx tsx site/recordIris.ts`. */
export const RECORD = `${SITE}recorded/iris.json`;

export const recordedIris = (): Iris => JSON.parse(readFileSync(RECORD, 'utf8')) as Iris;

/** A recording keeps six digits of each number, so that backends write the same text. */
export const asRecord = (iris: Iris): string =>
  `${JSON.stringify(iris, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value))}\n`;

const percent = (x: number | undefined): string => `${Math.round(100 * (x ?? NaN))} %`;

/** How fast each loss learns Iris from each start. */
export function irisTable(language: Language): string {
  const words = articleWords(language);
  const rows = recordedIris().trainings.flatMap(({ setting, runs }) =>
    runs.map((run) => [
      setting.title[language],
      words.lossNames[run.lossName],
      run.epochsToNinety ?? words.never,
      percent(run.accuracy.at(-1)),
      percent(run.testAccuracy),
    ]),
  );
  const header = [words.start, words.loss, words.toNinety, words.training, words.test];
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(['---', '---', '--:', '--:', '--:']), ...rows.map(line)].join('\n');
}
