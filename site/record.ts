/** Writes what the programs of the pages print into `site/programs/*.txt`, after `npm run build`; with names, of these only. */
import { readdirSync, writeFileSync } from 'node:fs';
import { SITE } from './config/places.js';
import { printedBy } from './generate/printed.js';

const names = process.argv.slice(2);
const all = readdirSync(`${SITE}programs`)
  .filter((file) => /\.(mjs|html)$/.test(file))
  .map((file) => file.replace(/\.\w+$/, ''));

for (const name of names.length > 0 ? names : all) writeFileSync(`${SITE}programs/${name}.txt`, await printedBy(name));
