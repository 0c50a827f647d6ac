// Times this package against tf.losses, tfjs-layers and plain tfjs, on every backend, and on request against PyTorch and
// TensorFlow. See docs/speed.md.
//
//   npm run bench [-- --backends cpu,wasm] [--cases <regex>] [--peers] [--targets] [--json <file>] ...
//
// Exit status 1 if contenders disagree or a target is missed.

import { Command, InvalidArgumentError } from 'commander';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { backends as nodeBackends, startBackend, type Backend } from '../scripts/articles/backend.js';
import { browserBackends, startInBrowser, type Place } from './browser.js';
import { cases } from './cases.js';
import { catalogue } from './catalogue.js';
import { toChart } from './chart.js';
import { DAWN, startOnDawn } from './dawn.js';
import { startPeers, type Peers } from './peers.js';
import { PEERS_PYTHON } from './python.mjs';
import { runCase, type Measurement } from './runCase.js';
import { toMarkdown, toText } from './table.js';
import { judge } from './targets.js';

interface Options {
  readonly backends: readonly string[];
  readonly cases: RegExp;
  readonly catalogue: boolean;
  readonly budget: number;
  readonly peers: boolean;
  readonly python: string;
  readonly targets: boolean;
  readonly quick: boolean;
  readonly json?: string;
  readonly chart?: string;
  readonly markdown?: string;
}

const known: readonly string[] = [...nodeBackends, DAWN, ...Object.keys(browserBackends)];

function backendList(text: string): string[] {
  const list = text.split(',');
  const stranger = list.find((name) => !known.includes(name));
  if (stranger !== undefined) throw new InvalidArgumentError(`'${stranger}' is none of ${known.join(', ')}.`);
  return list;
}

function seconds(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('It is not a positive number.');
  return number;
}

function regex(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new InvalidArgumentError(String(error));
  }
}

const program = new Command('bench')
  .description('Times this package against what else there is.')
  .option('--backends <names>', `of ${known.join(', ')}`, backendList, ['cpu', 'wasm', 'tensorflow'])
  .option('--cases <regex>', 'only cases with such a name', regex, /(?:)/)
  .option('--catalogue', 'a case for every loss, against its formula, in Node', false)
  .option('--budget <seconds>', 'for each case on each backend', seconds, 6)
  .option('--peers', 'PyTorch and TensorFlow too, on one CPU thread', false)
  .option('--python <path>', 'the Python that has them; also PEERS_PYTHON', process.env['PEERS_PYTHON'] ?? PEERS_PYTHON)
  .option('--targets', 'hold the results against the targets', false)
  .option('--quick', 'a few cases on cpu and wasm, to see that all works', false)
  .option('--json <file>', 'write everything that was measured')
  .option('--chart <file>', 'write a chart, as SVG')
  .option('--markdown <file>', 'write the tables as Markdown')
  .parse();

const quick = { backends: ['cpu', 'wasm'], cases: /\[1024,10\]|fit epoch 10 /, budget: 0.5 };

async function main(given: Options): Promise<void> {
  const options = given.quick ? { ...given, ...quick } : given;
  const offered = options.catalogue ? catalogue() : cases;
  const chosen = offered.filter(({ name }) => options.cases.test(name));
  if (chosen.length === 0)
    program.error(`error: no case is called so. Cases:\n  ${offered.map((c) => c.name).join('\n  ')}`);
  const peers = options.peers ? await startPeers(options.python) : undefined;
  const measurements: Measurement[] = [];
  const disagreements: string[] = [];
  try {
    for (const backend of options.backends) {
      if (options.catalogue && backend in browserBackends)
        throw new Error(`the catalogue runs in Node, not on ${backend}`);
      const place = await startOn(backend, peers);
      const ofBackend: Measurement[] = [];
      for (const theCase of chosen) {
        const start = performance.now();
        const ran = await place.run(theCase, options.budget * 1000);
        ofBackend.push(...ran.measurements);
        disagreements.push(...ran.disagreements);
        process.stderr.write(`${backend}: ${theCase.name} (${((performance.now() - start) / 1000).toFixed(0)} s)\n`);
      }
      await place.close();
      console.log(`\n${backend}\n${toText(ofBackend)}`);
      measurements.push(...ofBackend);
    }
  } finally {
    peers?.close();
  }
  if (disagreements.length > 0) {
    console.log(`\nNumbers that differ from those of this package:\n  ${disagreements.join('\n  ')}`);
    process.exitCode = 1;
  }
  await writeFiles(options, measurements, peers);
  if (options.targets) {
    const { text, missed } = judge(measurements);
    console.log(`\n${text}`);
    if (missed > 0) process.exitCode = 1;
  }
}

const startOn = (backend: string, peers?: Peers): Promise<Place> =>
  backend in browserBackends
    ? startInBrowser(backend)
    : backend === DAWN
      ? startOnDawn(peers)
      : startHere(backend, peers);

/** A backend in this process. */
async function startHere(backend: string, peers?: Peers): Promise<Place> {
  await startBackend(backend as Backend);
  return {
    run: (theCase, budget) => runCase(theCase, budget, peers?.start),
    close: () => Promise.resolve(),
  };
}

async function writeFiles(options: Options, measurements: readonly Measurement[], peers?: Peers): Promise<void> {
  const { json, markdown, chart } = options;
  if (json !== undefined) {
    const machine = { node: process.version, tfjs: tf.version_core, cpu: cpus()[0]?.model, cores: cpus().length };
    const when = new Date().toISOString();
    writeFileSync(json, `${JSON.stringify({ when, ...machine, ...peers?.versions, measurements })}\n`);
  }
  if (markdown !== undefined) writeFileSync(markdown, toMarkdown(measurements));
  if (chart !== undefined) writeFileSync(chart, await toChart(measurements));
}

try {
  await main(program.opts<Options>());
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
