// Random calls of all losses on several backends, with kernels and without, held against arithmetic and the formulas.
//
//   npm run fuzz -- --seconds 60 --seed 123 --backends cpu,wasm --loss huber --case 5

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setBackend } from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import Table from 'cli-table3';
import { InvalidArgumentError, program } from 'commander';
import { callsOn } from './calls.js';
import { Findings } from './findings.js';
import { subjectLosses } from './subjects.js';

const known = ['cpu', 'wasm', 'tensorflow'];

/** Not a literal in the import: where the optional package is left out, the types have to check all the same. */
const nativePackage = '@tensorflow/tfjs-node';

const amongst =
  (names: readonly string[]) =>
  (list: string): string[] => {
    const unknown = list.split(',').find((name) => !names.includes(name));
    if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${names.join()}`);
    return list.split(',');
  };

const {
  seed,
  seconds,
  backends,
  loss,
  case: index,
} = program
  .option('--seconds <count>', 'how long', Number, 60)
  .option('--seed <seed>', 'the same cases again', String(Math.floor(1e9 * Math.random())))
  .option('--backends <names>', `which of ${known.join()}`, amongst(known), known)
  .option('--loss <name>', 'only calls of this one', (name) => amongst(subjectLosses.map((one) => one.name))(name)[0])
  .option('--case <index>', 'only this case', Number)
  .parse()
  .opts<{ seed: string; seconds: number; backends: string[]; loss?: string; case?: number }>();

console.log(`seed ${seed}`);
setWasmPaths(join(dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')), '/'));
if (backends.includes('tensorflow')) await import(nativePackage);
for (const backend of backends) await setBackend(backend);

const processorTime = (): number => process.cpuUsage().user / 1e6;
const findings = new Findings({ seed, only: loss ?? null, backends }, processorTime);
const failures = new Map(backends.map((backend) => [backend, 0]));
const from = performance.now();
const spent = (): number => (performance.now() - from) / 1000;
let [cases, failed] = [0, 0];
for (let at = index ?? 0; index === undefined ? spent() < seconds : cases === 0; at++, cases++) {
  const found = await findings.ofCase(at, 3000);
  for (const one of found.fresh) console.log(`\n${findings.words(one)}`);
  for (const backend of found.failed) failures.set(backend, (failures.get(backend) ?? 0) + 1);
  if (found.failed.length > 0) failed++;
}

const table = new Table({ head: ['', 'calls', 'cases that failed'], style: { head: [], border: [] } });
for (const backend of backends) table.push([backend, callsOn.get(backend) ?? 0, failures.get(backend) ?? 0]);
console.log(
  `\n${table.toString()}\n${cases} cases, ${(cases / findings.secondsToCheck).toFixed(1)} in a second of computing`,
);
console.log(`${cases - failed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
