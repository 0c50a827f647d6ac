import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Facts } from '../../scripts/facts/facts.js';
import { GENERATED } from '../config/places.js';
import { languages } from '../words/index.js';
import { groupsOf, pagesOf } from './pages.js';

/** Writes all pages for the site generator, and the side bars. Files that stay as they are keep their time. */
export function writePages(facts: Facts): void {
  const pages = pagesOf(facts);
  const outlines = Object.fromEntries(languages.map((language) => [language, groupsOf(pages, facts, language)]));
  write('outline.json', JSON.stringify(outlines));
  for (const [path, text] of pages) write(path, text);
}

export const removePages = (): void => rmSync(GENERATED, { recursive: true, force: true });

function write(path: string, text: string): void {
  const file = join(GENERATED, path);
  mkdirSync(dirname(file), { recursive: true });
  if (contents(file) !== text) writeFileSync(file, text);
}

function contents(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
