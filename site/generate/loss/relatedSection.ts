import type { LossFacts } from '../../../scripts/facts/facts.js';
import { linkTo, type Page, section } from './page.js';
import { escaped } from './prose.js';
import { relatedOf, titleOf } from './related.js';

/** Losses for other labels, those that a text names together with this one, and others for the same task. */
export function relatedSection(page: Page): string {
  const { loss, facts, words } = page;
  const found = relatedOf(loss, facts.losses);
  const titled = (losses: readonly LossFacts[]): string =>
    losses.map((other) => `${linkTo(other)} (${escaped(titleOf(other))})`).join(words.comma);
  const bare = (losses: readonly LossFacts[]): string => losses.map(linkTo).join(words.comma);
  const line = (title: string, losses: string): string => (losses === '' ? '' : `- ${title} ${losses}`);
  const task = loss.tasks.map((name) => words.tasks[name] ?? name).join(words.comma);
  const lines = [
    line(words.related.indices, bare(found.indices)),
    line(words.related.distributions, bare(found.distributions)),
    line(words.related.binary, bare(found.binary)),
    line(words.related.mentioned, titled(found.mentioned)),
    line(words.related.siblings(task), bare(found.siblings)),
  ];
  return section(page, 'related', lines.filter((text) => text !== '').join('\n'));
}
