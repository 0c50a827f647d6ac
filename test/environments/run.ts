// The packed package in every environment that is supported: each project here is installed, built and run, and says
// numbers that are known. Then packages that are broken, each of which one of the environments has to notice.
//
//   npm run test:environments -- -t webpack
//   npm run test:environments -- --record   # for docs/environments.md

import Table from 'cli-table3';
import { program } from 'commander';
import { type Environment, environments } from './environments.js';
import { type Mutant, mutants } from './mutants.js';
import { closeBrowser } from './pages.js';
import { isAsRecorded, record, type Recorded } from './recorded.js';
import { close, openWorkshop, withChange } from './workshop.js';

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

interface Job {
  readonly name: string;
  readonly environment: Environment;
  /** What is wrong; null: nothing. */
  readonly run: () => Promise<string | null>;
}

const ofEnvironment = (environment: Environment): Job => ({
  name: environment.name,
  environment,
  run: () => environment.run(workshop),
});

function ofMutant({ name, by, complaint, change }: Mutant): Job {
  const environment = environments.find((one) => one.name === by);
  if (!environment) throw new Error(`there is no environment ${by}`);
  const run = async (): Promise<string | null> => {
    const changed = withChange(workshop, change);
    try {
      const said = await environment.run(changed).catch(String);
      return said !== null && complaint.test(said) ? null : `this is not noticed by ${by}, which says ${String(said)}`;
    } finally {
      close(changed);
    }
  };
  return { name: `broken: ${name}`, environment, run };
}

const jobs = [...wanted.map(ofEnvironment), ...mutants.filter(({ by }) => options.t.test(by)).map(ofMutant)];

async function work(): Promise<void> {
  for (let job = jobs.shift(); job; job = jobs.shift()) await report(job);
}

async function report({ name, environment, run }: Job): Promise<void> {
  const from = performance.now();
  const complaint = await run().catch((error: unknown) => String((error as Error).stack));
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  if (complaint !== null) {
    console.log(`✗ ${name}\n${complaint.replace(/^/gm, '    ')}\n`);
    process.exitCode = 1;
  }
  const version = await environment.version(workshop);
  table.push([
    name,
    version,
    complaint === null ? (name === environment.name ? 'works' : 'is noticed') : 'fails',
    seconds,
  ]);
  const { how, what } = environment;
  if (name === environment.name) results.push({ name, version, how, what });
}

try {
  // Bundlers keep one core busy each.
  await Promise.all([work(), work()]);
} finally {
  await closeBrowser();
  if (options.keep) console.log(`The projects are in ${workshop.run}`);
  else close(workshop);
}
console.log(table.toString());
const order = wanted.map(({ name }) => name);
results.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
if (options.record && process.exitCode === undefined && wanted.length === environments.length) record(results);
else if (!isAsRecorded(results, wanted.length === environments.length)) {
  console.log('docs/environments.json says otherwise: `npm run test:environments -- --record`, then `npm run docs`');
  process.exitCode = 1;
}
