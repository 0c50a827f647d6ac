import type { Iris } from '../../../scripts/articles/iris.js';
import type { Language } from '../../words/index.js';
import { articleWords } from './words.js';

/** A recording keeps six digits of each number. */
export const asRecord = (iris: Iris): string =>
  `${JSON.stringify(iris, (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value))}\n`;

const percent = (x: number | undefined): string => `${Math.round(100 * (x ?? NaN))} %`;

/** How fast each loss learns Iris from each start. */
export function irisTable({ trainings }: Iris, language: Language): string {
  const words = articleWords(language);
  const rows = trainings.flatMap(({ setting, runs }) =>
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
