import type { LossFacts } from '../../scripts/facts/facts.js';
import type { Words } from '../words/words.js';

/** The page of a loss, in Markdown. */
export function lossPage(loss: LossFacts, words: Words): string {
  return `# ${loss.name}\n\n${loss.summary}\n\n${words.families[loss.family] ?? ''}\n`;
}
