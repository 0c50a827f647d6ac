import { header, row } from '../../../scripts/docs/cells.js';
import type { Language } from '../../words/index.js';
import { type Origin, origins, type Row, rowsOf } from './rows.js';
import { libraryTitles, nameWords } from './words.js';

/** A page with each line `@names keras` (or another of `origins`) replaced by the table of names there and here. */
export const withNames = (page: string, language: Language): string =>
  page.replace(/^@names ([\w-]+)$/gm, (_, origin: string) => tableOf(origin, language));

function tableOf(name: string, language: Language): string {
  const origin = origins.find((one) => one === name);
  if (!origin) throw new Error(`@names ${name}: no such library; expected one of ${origins.join(', ')}`);
  const words = nameWords[language];
  const lines = rowsOf(origin).map((one) => lineOf(one, language));
  return [header([titleOf(origin), words.here, words.call]), ...lines].join('\n');
}

const titleOf = (origin: Origin): string => libraryTitles[origin];

function lineOf({ names, loss, there, here, departs }: Row, language: Language): string {
  const tables = language === 'en' ? '../tables' : '../../tables';
  const link = `[${loss}](../losses/${loss}.md)`;
  const differs = departs === null ? '' : `<br>[${nameWords[language].differs}](${tables}/departures.md#${departs})`;
  return row([names.map(code).join('<br>'), link + differs, `${code(there)}<br>${code(here)}`]);
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
