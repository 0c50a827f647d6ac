import type { Language } from '../../words/index.js';
import { countsTable } from './counts.js';
import { articlesByPage, here, resultOf, resultsOf, shown, there, type ArticlePage } from './judged.js';
import { numbersTable } from './table.js';

/**
 * A page with the numbers that it takes from `scripts/articles`. On lines of their own, `@article-numbers page id…` is
 * the table of these claims of an article, and `@article-counts` says how many there are. Within a text
 * `@number(id line)` is the number that this package computes for a line, counted from 1, and
 * `@number(id line article)` that of the article.
 */
export const withNumbers = (page: string, language: Language): string =>
  page
    .replace(/^@article-numbers ([\w-]+) ([\w -]+)$/gm, (_, name: string, ids: string) =>
      numbersTable(chosen(name, ids.trim().split(' ')), language),
    )
    .replace(/^@article-counts$/gm, () => countsTable(language))
    .replace(/@number\(([\w-]+) (\d+)( article)?\)/g, (_, id: string, line: string, isThere?: string) =>
      number(id, Number(line), isThere !== undefined),
    );

function chosen(name: string, ids: readonly string[]): ReturnType<typeof resultsOf> {
  if (!(name in articlesByPage)) {
    throw new Error(`@article-numbers ${name}: the articles are ${Object.keys(articlesByPage).join(', ')}`);
  }
  const results = resultsOf(name as ArticlePage);
  return ids.map((id) => {
    const result = results.find(({ entry }) => entry.id === id);
    if (!result) throw new Error(`@article-numbers ${name}: it has no entry '${id}'; npm start lists them`);
    return result;
  });
}

function number(id: string, position: number, isThere: boolean): string {
  const { lines } = resultOf(id);
  const line = lines[position - 1];
  if (!line) throw new Error(`@number(${id} ${position}): it has the lines 1 to ${lines.length}`);
  return shown(isThere ? there(line) : here(line));
}
