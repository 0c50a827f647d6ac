import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Facts } from '../../scripts/facts/facts.js';
import { GENERATED } from '../config/places.js';
<<<<<<< HEAD
import { languages, wordsOf } from '../words/index.js';
import { llmsIndex } from './llms.js';
import { plainMarkdown } from './markdownEdition.js';
import { groupsOf, type Pages, pagesOf } from './pages.js';
=======
import { languages } from '../words/index.js';
import { groupsOf, pagesOf } from './pages.js';
import { raceFiles } from './race.js';
>>>>>>> site-race

/** Writes all pages for the site generator, and the side bars. Files that stay as they are keep their time. */
export function writePages(facts: Facts, api: Pages): void {
  const pages = pagesOf(facts, api);
  const outlines = Object.fromEntries(languages.map((language) => [language, groupsOf(pages, facts, language)]));
  write('outline.json', JSON.stringify(outlines));
<<<<<<< HEAD
  for (const [path, text] of pages) write(path, `${text.trimEnd()}\n\n${linkToMarkdown(path)}\n`);
}

/** The router of the site leaves the link to the browser. */
const linkToMarkdown = (path: string): string =>
  `<p class="as-markdown"><a href="./${basename(path)}" target="_self">Markdown</a></p>`;

/** Writes every page as plain Markdown beside its HTML, and `llms.txt`. */
export function writeMarkdown(facts: Facts, api: Pages, folder: string): void {
  const pages = pagesOf(facts, api);
  for (const [path, text] of pages) writeIn(folder, path, plainMarkdown(text));
  writeIn(folder, 'llms.txt', llmsIndex(pages, groupsOf(pages, facts, 'en'), wordsOf('en').frame.description));
=======
  for (const [path, content] of [...pages, ...raceFiles(facts)]) write(path, content);
>>>>>>> site-race
}

export const removePages = (): void => rmSync(GENERATED, { recursive: true, force: true });

<<<<<<< HEAD
const write = (path: string, text: string): void => writeIn(GENERATED, path, text);

function writeIn(folder: string, path: string, text: string): void {
  const file = join(folder, path);
=======
function write(path: string, content: string | Uint8Array): void {
  const file = join(GENERATED, path);
>>>>>>> site-race
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
