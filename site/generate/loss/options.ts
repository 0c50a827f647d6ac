import type { OptionFacts } from '../../../scripts/facts/facts.js';
import { type Page, section } from './page.js';
import { escaped } from './prose.js';

/** Its own options, open, and those of every loss, folded. */
export function optionsSection(page: Page): string {
  const { loss, facts, words } = page;
  if (loss.kind === 'function') return '';
  const own = loss.options.length === 0 ? words.options.none : list(page, loss.options);
  const common = `::: details ${words.options.common}\n\n${list(page, facts.commonOptions)}\n\n[${words.options.reductions}](../guides/reductions.md)\n\n:::`;
  return section(page, 'options', `${own}\n\n${common}`);
}

/** Options one after the other, each with a line that is an anchor. */
const list = (page: Page, options: readonly OptionFacts[]): string =>
  options.map((option) => entry(page, option)).join('\n\n');

function entry({ words, prose }: Page, option: OptionFacts): string {
  const { name, expected, description } = option;
  const kind = expected.replaceAll('"', "'").replace(/,?, or null$/, ', or null');
  const fallback = option.default === '' ? words.options.needed : `${words.options.default} \`${option.default}\``;
  const facts = `${escaped(kind)}${words.comma}${fallback}`;
  return `\`${name}\` ${facts} {#option-${name} .option}\n\n${prose.text(withoutDefault(description, option.default))}`;
}

/** The default has a place of its own. */
function withoutDefault(description: string, value: string): string {
  const plain =
    value === 'Math.E' ? 'e' : Number(value) === 0.000001 ? '1e-6' : Number(value) === 0.00001 ? '1e-5' : value;
  return description.replace(new RegExp(` Default (${plain.replace(/[.\\]/g, '\\$&')})\\.$`), '');
}
