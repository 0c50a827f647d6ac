import type { Facts, LossFacts } from '../../../scripts/facts/facts.js';
import type { Language } from '../../words/index.js';
import { plotOf } from '../lossPlot.js';
import { examples } from './code.js';
import { elsewhereSection } from './elsewhere.js';
import { inputsSection } from './inputs.js';
import { optionsSection } from './options.js';
import { type Page, pageOf, section } from './page.js';
import { relatedSection } from './relatedSection.js';
import { summaryOf } from './summary.js';

/** The page of a loss, in Markdown. */
export function lossPage(loss: LossFacts, facts: Facts, language: Language): string {
  const page = pageOf(loss, facts, language);
  const { words, prose } = page;
  const parts = [
    frontMatter(loss),
    `# ${loss.name}`,
    facets(page),
    summary(page),
    section(page, 'plot', plotOf(loss, language)),
    inputsSection(page),
    section(page, 'examples', examples(page)),
    optionsSection(page),
    section(page, 'notes', loss.notes.map(prose.text).join('\n\n')),
    section(page, 'throws', words.throws(prose.text(loss.throws))),
    elsewhereSection(page),
    relatedSection(page),
    section(page, 'sources', [sources(page), `${words.sources.code} \`${loss.source}\`${words.end}`].join('\n\n')),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A description for search engines: the first sentence. */
const frontMatter = ({ name, summary }: LossFacts): string =>
  `---\ntitle: ${name}\ndescription: ${JSON.stringify(`${name}: ${summary.replaceAll('`', '')}`)}\n---`;

/** What it is for, and the way into the playground. */
function facets({ loss, words, language }: Page): string {
  const tasks = loss.tasks.map((task) => words.tasks[task] ?? task).join(words.comma);
  const link = loss.kind === 'loss' ? ` · [${words.playground}](../playground.md#loss=${loss.name})` : '';
  return `${words.task}${language === 'en' ? ' ' : ''}${tasks}${link}`;
}

function summary(page: Page): string {
  const { lead, formula, rest } = summaryOf(page.loss, page.style);
  const shown = formula === null ? '' : `$$\n${formula}\n$$`;
  return [page.prose.text(lead), shown, page.prose.text(rest)].filter((part) => part !== '').join('\n\n');
}

const sources = ({ loss, prose, words }: Page): string =>
  loss.see === '' ? '' : `${words.sources.see} ${prose.sources(loss.see).replace(/\.?$/, '.')}`;
