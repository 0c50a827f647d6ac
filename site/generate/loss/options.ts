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

/** Options as a list of definitions; Markdown stands in it between empty lines. */
const list = (page: Page, options: readonly OptionFacts[]): string =>
  `<dl class="options">\n\n${options.map((option) => entry(page, option)).join('\n\n')}\n\n</dl>`;

function entry({ words, prose }: Page, option: OptionFacts): string {
  const { name, expected, description } = option;
  const kind = expected.replaceAll('"', "'").replace(/,?, or null$/, ', or null');
  const value = `${words.options.default} <code v-pre>${option.default}</code>`;
  return [
    `<dt id="option-${name}"><code>${name}</code> <span>${escaped(kind).replaceAll('\\', '')}</span> <span>${value}</span></dt>`,
    `<dd>\n\n${prose.text(withoutDefault(description, option.default))}\n\n</dd>`,
  ].join('\n');
}

/** The default has a place of its own. */
function withoutDefault(description: string, value: string): string {
  const plain =
    value === 'Math.E' ? 'e' : Number(value) === 0.000001 ? '1e-6' : Number(value) === 0.00001 ? '1e-5' : value;
  return description.replace(new RegExp(` Default (${plain.replace(/[.\\]/g, '\\$&')})\\.$`), '');
}
