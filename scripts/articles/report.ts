import * as tf from '@tensorflow/tfjs';
import type { Backend } from './backend.js';
import { crossEntropyInTensorflow } from './crossEntropyInTensorflow/index.js';
import { crossEntropyLoss } from './crossEntropyLoss/index.js';
import type { Article } from './entry.js';
import type { Iris } from './iris.js';
import { judge, verdicts, type Result } from './judge.js';
import { lossesAndCrossEntropy } from './lossesAndCrossEntropy/index.js';

/** The articles, in the order of the report. */
export const articles: readonly Article[] = [lossesAndCrossEntropy, crossEntropyInTensorflow, crossEntropyLoss];

export interface Judged {
  readonly article: Article;
  readonly results: readonly Result[];
}

/** Everything that was found; table, HTML, JSON and exit status are views of it. */
export interface Report {
  readonly backend: Backend;
  readonly judged: readonly Judged[];
  /** Null if only one entry was asked for. */
  readonly iris: Iris | null;
}

/** Computes all entries, or the one asked for. */
export function judgeArticles(only?: string): Judged[] {
  return articles
    .map((article) => ({
      article,
      results: article.entries.filter(({ id }) => only === undefined || id === only).map(judge),
    }))
    .filter(({ results }) => results.length > 0);
}

export interface Counts {
  readonly entries: number;
  readonly agree: number;
  readonly corrected: number;
  readonly tfjsDiffers: number;
  readonly off: number;
}

export function count({ judged, iris }: Report): Counts {
  const all = judged.flatMap(({ results }) => results);
  const having = (verdict: ReturnType<typeof verdicts>[number]): number =>
    all.filter((result) => verdicts(result).includes(verdict)).length;
  return {
    entries: all.length,
    agree: having('agree'),
    corrected: having('corrected'),
    tfjsDiffers: having('tfjs differs'),
    off: having('OFF') + (iris?.comparisons.filter(({ isOff }) => isOff).length ?? 0),
  };
}

/** The report for machines. JSON knows no Infinity and no NaN: they become strings. */
export function toJson(report: Report): string {
  const finite = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  const machineReadable = {
    backend: report.backend,
    tfjs: tf.version.tfjs,
    counts: count(report),
    articles: report.judged.map(({ article, results }) => ({
      title: article.title,
      author: article.author,
      unchecked: article.unchecked,
      entries: results.map((result) => {
        const { id, claim, formula, tolerance, correction, tfjsDiffers, note, source, holds } = result.entry;
        return {
          id,
          verdicts: verdicts(result),
          claim,
          formula,
          lines: result.lines,
          tolerance,
          correction,
          tfjsDiffers,
          holds: holds && { en: holds.en, zh: holds.zh },
          note,
          source,
          problems: result.problems,
        };
      }),
    })),
    iris: report.iris,
  };
  return JSON.stringify(machineReadable, finite, 2);
}
