// The packed package in every environment that is supported: each project here is installed, built and run, and says
// numbers that are known.
//
//   npm run test:environments -- -t webpack
//   npm run test:environments -- --record   # for docs/environments.md

import fs from 'node:fs';
import Table from 'cli-table3';
import { program } from 'commander';
import { type Environment, environments } from './environments.js';
import { closeBrowser } from './pages.js';
import { isAsRecorded, record, type Recorded } from './recorded.js';
import { openWorkshop } from './workshop.js';

const options = program
  .option('-t <pattern>', 'only environments whose name matches', (pattern) => new RegExp(pattern, 'i'), /(?:)/)
  .option('--keep', 'leaves the projects where they are made')
  .option('--record', 'writes docs/environments.json')
  .parse()
  .opts<{ t: RegExp; keep?: true; record?: true }>();

const wanted = environments.filter(({ name }) => options.t.test(name));
const workshop = await openWorkshop();
const table = new Table({ head: ['', 'version', 'result', 'seconds'] });
const results: Recorded[] = [];
const jobs = [...wanted];

async function work(): Promise<void> {
  for (let job = jobs.shift(); job; job = jobs.shift()) await report(job);
}

async function report({ name, how, what, version, run }: Environment): Promise<void> {
  const from = performance.now();
  const complaint = await run(workshop).catch((error: unknown) => String((error as Error).stack));
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (complaint !== null) {
    console.log(`✗ ${name}\n${complaint.replace(/^/gm, '    ')}\n`);
    process.exitCode = 1;
  }
  const known = await version(workshop);
  table.push([name, known, complaint === null ? 'works' : 'fails', seconds]);
  results.push({ name, version: known, how, what });
}

try {
  // Bundlers keep one core busy each.
  await Promise.all([work(), work()]);
} finally {
  await closeBrowser();
  if (options.keep) console.log(`The projects are in ${workshop.run}`);
  else fs.rmSync(workshop.run, { recursive: true, force: true });
}
console.log(table.toString());
const order = wanted.map(({ name }) => name);
results.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
if (options.record && process.exitCode === undefined && wanted.length === environments.length) record(results);
else if (!isAsRecorded(results)) {
  console.log('docs/environments.json says otherwise: `npm run test:environments -- --record`, then `npm run docs`');
  process.exitCode = 1;
}
