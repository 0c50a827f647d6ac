import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Facts } from '../../scripts/facts/facts.js';
import { GENERATED } from '../config/places.js';
import { languages, wordsOf } from '../words/index.js';
import { heroPicture } from './heroPicture.js';
import { llmsIndex } from './llms.js';
import { plainMarkdown } from './markdownEdition.js';
import { groupsOf, type Pages } from './pages.js';
import { raceFiles } from './race.js';

/** Writes all pages for the site generator, and the side bars. Files that stay as they are keep their time. */
export function writePages(pages: Pages, facts: Facts): void {
  const outlines = Object.fromEntries(languages.map((language) => [language, groupsOf(pages, facts, language)]));
  write('outline.json', JSON.stringify(outlines));
  write('hero.html', heroPicture());
  for (const [path, text] of pages) write(path, `${text.trimEnd()}\n\n${linkToMarkdown(path)}\n`);
  for (const [path, content] of raceFiles(facts)) write(path, content);
}

/** The router of the site leaves the link to the browser. */
const linkToMarkdown = (path: string): string =>
  `<p class="as-markdown"><a href="./${basename(path)}" target="_self">Markdown</a></p>`;

/** Writes every page as plain Markdown beside its HTML, and `llms.txt`. */
export function writeMarkdown(pages: Pages, facts: Facts, folder: string): void {
  for (const [path, text] of pages) writeIn(folder, path, plainMarkdown(text));
  writeIn(folder, 'llms.txt', llmsIndex(pages, groupsOf(pages, facts, 'en'), wordsOf('en').frame.description));
}

export const removePages = (): void => rmSync(GENERATED, { recursive: true, force: true });

const write = (path: string, content: string | Uint8Array): void => writeIn(GENERATED, path, content);

function writeIn(folder: string, path: string, content: string | Uint8Array): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  if (contents(file)?.equals(Buffer.from(content as string)) !== true) writeFileSync(file, content);
}

function contents(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
