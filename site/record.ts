/**
 * Writes what programs print, after `npm run build`: those of the pages into `site/programs/*.txt`, those of the losses into
 * `site/generate/examples/recorded.json`. With names, of these programs and losses only.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { collectFacts } from '../scripts/facts/index.js';
import { SITE } from './config/places.js';
import { recordExamples } from './generate/examples/record.js';
import { printedBy } from './generate/printed.js';

const names = process.argv.slice(2);
const isWanted = (name: string): boolean => names.length === 0 || names.includes(name);

const programs = readdirSync(`${SITE}programs`)
  .filter((file) => /\.(mjs|html)$/.test(file))
  .map((file) => file.replace(/\.\w+$/, ''));
const facts = collectFacts();
const losses = facts.losses.map(({ name }) => name);

const unknown = names.filter((name) => !programs.includes(name) && !losses.includes(name));
if (unknown.length > 0) throw new Error(`no program and no loss is called ${unknown.join(', ')}`);

for (const name of programs.filter(isWanted)) writeFileSync(`${SITE}programs/${name}.txt`, await printedBy(name));
if (losses.some(isWanted)) await recordExamples(facts, isWanted);
