import { header, row } from '../../../scripts/docs/cells.js';
import type { Language } from '../../words/index.js';
import { type Origin, origins, type Row, rowsOf } from './rows.js';
import { libraryTitles, nameWords } from './words.js';

/** A page with each line `@names keras` (or another of `origins`) replaced by the names there and here, with calls. */
export const withNames = (page: string, language: Language): string =>
  page.replace(/^@names ([\w-]+)$/gm, (_, name: string) => {
    const origin = origins.find((one) => one === name);
    if (!origin) throw new Error(`@names ${name}: no such library; expected one of ${origins.join(', ')}`);
    return `${tableOf(origin, language)}\n\n${callsOf(origin, language)}`;
  });

/** Two columns, so that both are seen at once on a telephone. */
function tableOf(origin: Origin, language: Language): string {
  const { here, differs } = nameWords[language];
  const lines = rowsOf(origin).map(({ names, loss, departs }) => {
    const more = departs === null ? '' : `<br>[${differs}](../tables/departures.md#${departs})`;
    return row([names.map((name) => `\`${name}\``).join('<br>'), `[${loss}](../losses/${loss}.md)${more}`]);
  });
  return `<div class="names">\n\n${[header([libraryTitles[origin], here]), ...lines].join('\n')}\n\n</div>`;
}

function callsOf(origin: Origin, language: Language): string {
  const { calls } = nameWords[language];
  const code = rowsOf(origin)
    .map(({ there, here }: Row) => `// ${there}\n${here};`)
    .join('\n\n');
  return `::: details ${calls}\n\n\`\`\`js\n${code}\n\`\`\`\n\n:::`;
}
