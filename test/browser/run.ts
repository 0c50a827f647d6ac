// The laws, goldens and the programs of the README in a real browser, on each of its backends.
//
//   npm run test:browser -- --backends webgpu,webgl -t huber

import Table from 'cli-table3';
import { InvalidArgumentError, program } from 'commander';
import { bundledTests } from './bundle.js';
import { programsOfReadme } from './readme.js';
import { runSetup, type Outcome } from './runSetup.js';
import { setups, type SetupName } from './setups.js';

const known = Object.keys(setups) as SetupName[];

function toSetups(list: string): SetupName[] {
  const names = list.split(',');
  const unknown = names.find((name) => !known.some((one) => one === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${known.join()}`);
  return known.filter((name) => names.includes(name));
}

const { backends, t, all, slowest } = program
  .option('--backends <names>', `which of ${known.join()}`, toSetups, known)
  .option('-t <pattern>', 'only tests whose title matches', (pattern) => new RegExp(pattern), /(?:)/)
  .option('--all', 'all tests on each backend, not a share of those that are not about kernels', false)
  .option('--slowest <count>', 'names the tests that took longest', Number, 0)
  .parse()
  .opts<{ backends: SetupName[]; t: RegExp; all: boolean; slowest: number }>();

const script = await bundledTests();
const jobs = [
  ...backends.map((name) => ({ name, run: () => runSetup(name, script, { pattern: t, isAll: all }) })),
  { name: 'README', run: () => programsOfReadme(t) },
];
const table = new Table({ head: ['', 'tests', 'failed', 'seconds'] });

async function work(): Promise<void> {
  for (let job = jobs.shift(); job; job = jobs.shift()) {
    const from = performance.now();
    const outcomes = await job.run();
    report(job.name, outcomes, (performance.now() - from) / 1000);
  }
}

function report(name: string, outcomes: readonly Outcome[], seconds: number): void {
  const failed = outcomes.filter(({ error }) => error !== null);
  for (const { title, error } of failed) console.log(`✗ ${name}: ${title}\n${String(error).replace(/^/gm, '    ')}\n`);
  const sorted = [...outcomes].sort((a, b) => b.seconds - a.seconds);
  for (const { title, seconds: own } of sorted.slice(0, slowest)) console.log(`${own.toFixed(1)} s ${name}: ${title}`);
  table.push([name, outcomes.length, failed.length, seconds.toFixed()]);
  if (failed.length > 0) process.exitCode = 1;
}

// Two browsers at a time: one alone does not keep two cores busy.
await Promise.all([work(), work()]);
console.log(table.toString());
