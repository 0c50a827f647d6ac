import { verdicts } from '../../../scripts/articles/judge.js';
import type { Language } from '../../words/index.js';
import { articlesByPage, resultsOf, type ArticlePage } from './judged.js';
import { articleWords } from './words.js';

/** The articles with links to their pages: how many claims hold, and how many do not. */
export function countsTable(language: Language): string {
  const words = articleWords(language);
  const rows = (Object.keys(articlesByPage) as ArticlePage[]).map((page) => {
    const results = resultsOf(page);
    const wrong = results.filter((result) => verdicts(result).includes('corrected')).length;
    const title = articlesByPage[page].title[language];
    return `| [${title}](${page}.md) | ${results.length} | ${results.length - wrong} | ${wrong} |`;
  });
  return [
    `| ${words.page} | ${words.entries} | ${words.right} | ${words.wrong} |`,
    '| --- | --: | --: | --: |',
    ...rows,
  ].join('\n');
}
