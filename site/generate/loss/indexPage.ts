import type { Facts, LossFacts } from '../../../scripts/facts/facts.js';
import { type Language, wordsOf } from '../../words/index.js';
import { linkTo, pageOf, table } from './page.js';
import { escaped } from './prose.js';
import { titleOf } from './related.js';
import { summaryOf } from './summary.js';
import { lossWordsOf } from './words.js';

/** All losses in tables, one for each family. */
export function indexPage(facts: Facts, language: Language): string {
  const words = lossWordsOf(language);
  const { families } = wordsOf(language);
  const names = [...new Set(facts.losses.map(({ family }) => family))];
  const tables = names.map((family) => {
    const rows = facts.losses.filter((loss) => loss.family === family).map((loss) => row(loss, facts, language));
    const head = [words.index.loss, words.index.formula, words.index.elsewhere];
    return `## ${families[family] ?? family} {#${family}}\n\n${table(head, rows)}`;
  });
  const lead = words.index.lead(facts.losses.length);
  return [
    `---\ntitle: ${words.index.title}\ndescription: ${JSON.stringify(lead)}\naside: false\n---`,
    `# ${words.index.title}`,
    lead,
    `<loss-filter>\n\n${tables.join('\n\n')}\n\n</loss-filter>`,
    '',
  ].join('\n\n');
}

function row(loss: LossFacts, facts: Facts, language: Language): string[] {
  const page = pageOf(loss, facts, language);
  const { formula } = summaryOf(loss, page.style);
  const tasks = loss.tasks.map((task) => page.words.tasks[task] ?? task).join(page.words.comma);
  const elsewhere = loss.elsewhere.map(
    ({ library, names }) => `${library} ${names.map((name) => `\`${name}\``).join(' ')}`,
  );
  return [
    `${linkTo(loss)}<br>${escaped(titleOf(loss))}<br><small>${tasks}</small>`,
    formula === null ? '' : `$${formula.replace(/[.,]$/, '').replace(/^\\ell[^=]*= /, '')}$`,
    elsewhere.join('<br>'),
  ];
}
