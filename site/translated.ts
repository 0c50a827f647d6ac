/**
 * Says of Chinese pages that they translate the English pages as they are now, after somebody has seen to it:
 * `npx tsx site/translated.ts guides/node articles/index`
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { SITE } from './config/places.js';
import { marked } from './generate/translation.js';

for (const page of process.argv.slice(2)) {
  const original = readFileSync(`${SITE}pages/${page}.md`, 'utf8');
  const file = `${SITE}pages/zh/${page}.md`;
  writeFileSync(file, marked(readFileSync(file, 'utf8'), original));
}
