import type { Group } from './outlineOrder.js';
import { plainMarkdown } from './markdownEdition.js';
import type { Pages } from './pages.js';

/** The index of the site for language models, as llmstxt.org has it: each page with its first sentence. */
export function llmsIndex(pages: Pages, groups: readonly Group[], summary: string): string {
  const sections = groups.map(({ title, pages: some }) => {
    const lines = some.map((page) => `- [${page.title}](${page.path}): ${firstSentence(pages.get(page.path) ?? '')}`);
    return `## ${title}\n\n${lines.join('\n')}`;
  });
  return `# tfjs-losses\n\n> ${summary}\n\n${sections.join('\n\n')}\n`;
}

function firstSentence(page: string): string {
  const paragraphs = plainMarkdown(page).split(/\n{2,}/);
  const first = paragraphs.find((paragraph) => /^(?!```)[\p{L}`$*]/u.test(paragraph)) ?? '';
  return /^[^]*?[.。](?=\s|$)/.exec(first.replace(/\s+/g, ' '))?.[0] ?? first;
}
