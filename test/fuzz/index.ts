// Random calls of all losses on several backends, with kernels and without, held against arithmetic and the formulas.
//
//   npm run fuzz -- --seconds 60 --seed 123 --backends cpu,wasm --loss huber --case 5
//   npm run fuzz -- --browser webgl,webgpu

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setBackend } from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import Table from 'cli-table3';
import { InvalidArgumentError, program } from 'commander';
import { browserBackends, browserWorker, type BrowserBackend, type Worker } from './browser.js';
import { Findings, type Fuzz } from './findings.js';
import { subjectLosses } from './subjects.js';

const nodeBackends = ['cpu', 'wasm', 'tensorflow'] as const;

/** Not a literal in the import: where the optional package is left out, the types have to check all the same. */
const nativePackage = '@tensorflow/tfjs-node';

const amongst =
  <Name extends string>(names: readonly Name[]) =>
  (list: string): Name[] =>
    list.split(',').map((name) => {
      const known = names.find((one) => one === name);
      if (known === undefined) throw new InvalidArgumentError(`"${name}" is none of ${names.join()}`);
      return known;
    });

const lossNames = subjectLosses.map(({ name }) => name);

const options = program
  .option('--seconds <count>', 'how long', Number, 60)
  .option('--seed <seed>', 'the same cases again', String(Math.floor(1e9 * Math.random())))
  .option('--backends <names>', `which of ${nodeBackends.join()}`, amongst(nodeBackends), [...nodeBackends])
  .option('--browser <names>', `in Chromium, which of ${browserBackends.join()}`, amongst(browserBackends))
  .option('--loss <name>', 'only calls of this one', (name) => amongst(lossNames)(name)[0])
  .option('--case <index>', 'only this case', Number)
  .parse()
  .opts<{
    seed: string;
    seconds: number;
    backends: (typeof nodeBackends)[number][];
    browser?: BrowserBackend[];
    loss?: string;
    case?: number;
  }>();

const { seed, seconds, backends, browser, loss, case: index } = options;

async function nodeWorker(fuzz: Fuzz): Promise<Worker> {
  setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/'));
  if (fuzz.backends.includes('tensorflow')) await import(nativePackage);
  for (const backend of fuzz.backends) await setBackend(backend);
  const findings = new Findings(fuzz);
  return { run: (at) => findings.ofCase(at), close: () => Promise.resolve() };
}

const totals = { cases: 0, failed: 0, milliseconds: 0 };
const calls = new Map<string, number>();
const failures = new Map<string, number>();

async function work(worker: Worker): Promise<void> {
  const until = performance.now() + 1000 * seconds;
  for (let at = index ?? 0; index === undefined ? performance.now() < until : at === index; at++) {
    const report = await worker.run(at).catch((cause: unknown) => {
      throw new Error(`Case ${at} of seed ${seed} ended the fuzzer itself`, { cause });
    });
    for (const finding of report.fresh) console.log(`\n${finding}`);
    for (const backend of report.failed) failures.set(backend, (failures.get(backend) ?? 0) + 1);
    for (const [backend, count] of report.calls) calls.set(backend, count);
    totals.cases++;
    totals.milliseconds += report.milliseconds;
    if (report.failed.length > 0) totals.failed++;
  }
  await worker.close();
}

console.log(`seed ${seed}`);
const draw = { seed, only: loss ?? null, isSlow: browser !== undefined };
const workers = browser
  ? await Promise.all(browser.map((name) => browserWorker(name, { draw, backends: [name], most: 1, seconds: 20 })))
  : [await nodeWorker({ draw, backends, most: 2, seconds: 3 })];
await Promise.all(workers.map(work));

const { cases, failed, milliseconds } = totals;
const table = new Table({ head: ['', 'calls', 'cases that failed'], style: { head: [], border: [] } });
for (const [backend, count] of calls) table.push([backend, count, failures.get(backend) ?? 0]);
console.log(`\n${table.toString()}\n${cases} cases, ${((1000 * cases) / milliseconds).toFixed(1)} a second`);
console.log(`${cases - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
