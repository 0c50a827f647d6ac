import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Facts } from '../../scripts/facts/facts.js';
import { GENERATED } from '../config/places.js';
import { languages } from '../words/index.js';
import { groupsOf, pagesOf } from './pages.js';
import { raceFiles } from './race.js';

/** Writes all pages for the site generator, and the side bars. Files that stay as they are keep their time. */
export function writePages(facts: Facts): void {
  const pages = pagesOf(facts);
  const outlines = Object.fromEntries(languages.map((language) => [language, groupsOf(pages, facts, language)]));
  write('outline.json', JSON.stringify(outlines));
  for (const [path, content] of [...pages, ...raceFiles(facts)]) write(path, content);
}

export const removePages = (): void => rmSync(GENERATED, { recursive: true, force: true });

function write(path: string, content: string | Uint8Array): void {
  const file = join(GENERATED, path);
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
