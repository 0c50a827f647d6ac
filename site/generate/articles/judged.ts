import * as tf from '@tensorflow/tfjs';
import { show } from '../../../scripts/articles/numbers.js';
import type { Article, Line } from '../../../scripts/articles/entry.js';
import { judge, type Result, type ResultLine } from '../../../scripts/articles/judge.js';
import { crossEntropyInTensorflow } from '../../../scripts/articles/crossEntropyInTensorflow/index.js';
import { crossEntropyLoss } from '../../../scripts/articles/crossEntropyLoss/index.js';
import { lossesAndCrossEntropy } from '../../../scripts/articles/lossesAndCrossEntropy/index.js';

/** The articles by the names of their pages. */
export const articlesByPage = {
  'cross-entropy-loss': crossEntropyLoss,
  'losses-and-cross-entropy': lossesAndCrossEntropy,
  'cross-entropy-in-tensorflow': crossEntropyInTensorflow,
} as const satisfies Record<string, Article>;

export type ArticlePage = keyof typeof articlesByPage;

const found = new Map<ArticlePage, readonly Result[]>();

/** Every entry of an article, computed once. */
export function resultsOf(page: ArticlePage): readonly Result[] {
  const known = found.get(page);
  if (known) return known;
  tf.enableProdMode(); // else the cpu backend advises to install tfjs-node
  const results = rightOf(articlesByPage[page]);
  found.set(page, results);
  return results;
}

/** The results of all entries; throws where a number is off. */
export function rightOf({ title, entries }: Article): readonly Result[] {
  const results = entries.map(judge);
  const off = results.flatMap(({ entry, problems }) => problems.map((problem) => `${entry.id}: ${problem}`));
  if (off.length > 0) throw new Error(`article '${title.en}': ${off.join('; ')}`);
  return results;
}

/** The entry of this id, of whichever article. */
export function resultOf(id: string): Result {
  for (const page of Object.keys(articlesByPage) as ArticlePage[]) {
    const result = resultsOf(page).find(({ entry }) => entry.id === id);
    if (result) return result;
  }
  throw new Error(`no article has an entry '${id}'; npm start lists them`);
}

/** What this package computes; what tfjs or plain arithmetic does where it has nothing of the kind. */
export const here = (line: ResultLine): Line => line.package ?? line.tfjs ?? line.hand;

/** What the article prints, or what its formula gives as it stands; null where it has no number. */
export const there = (line: ResultLine): string | readonly string[] | Line => line.printed ?? line.asWritten;

export function shown(line: string | readonly string[] | Line): string {
  if (line === null) return '–';
  const entries = Array.isArray(line) ? (line as readonly (string | number)[]) : [line as string | number];
  const texts = entries.map((entry) => (typeof entry === 'number' ? show(entry, 4) : entry));
  return texts.length === 1 ? (texts[0] ?? '') : `(${texts.join(', ')})`;
}
