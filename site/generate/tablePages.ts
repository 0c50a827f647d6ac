import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { tables } from './outlineOrder.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The pages of docs/ and the changelog, by path on the site. */
export const tablePages = (): readonly (readonly [path: string, text: string])[] => [
  ...tables.map(
    (name) => [`tables/${name.toLowerCase()}.md`, linked(readFileSync(`${root}docs/${name}.md`, 'utf8'))] as const,
  ),
  ['tables/changelog.md', linked(readFileSync(`${root}CHANGELOG.md`, 'utf8'))],
  ['tables/contributing.md', linked(readFileSync(`${root}CONTRIBUTING.md`, 'utf8'))],
];

/** Links to pages that the site has lead there; of links to other files the text remains. */
const linked = (text: string): string =>
  text.replace(/\[([^\]]*)\]\((?!https?:|#)([^)#]+)(#[^)]*)?\)/g, (_, shown: string, file: string, place = '') => {
    const page = pageOf(file.replace(/^(\.\.\/|docs\/)/, ''));
    return page === null ? shown : `[${shown}](${page}${place as string})`;
  });

function pageOf(file: string): string | null {
  if (file === 'CHANGELOG.md') return 'changelog.md';
  if (file === 'CONTRIBUTING.md') return 'contributing.md';
  const found = tables.find((name) => file === `${name}.md`);
  return found === undefined ? null : `${found.toLowerCase()}.md`;
}
