// Times this package against tf.losses, tfjs-layers and plain tfjs, on every backend, and on request against PyTorch,
// TensorFlow and JAX. See docs/speed.md.
//
//   npm run bench [-- --backends cpu,wasm] [--catalogue] [--cases <regex>] [--peers] [--targets] [--json <file>] ...
//
// Exit status 1 if contenders disagree or a target is missed.

import { Command, InvalidArgumentError, Option } from 'commander';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { backends as nodeBackends, startBackend, type Backend } from '../scripts/articles/backend.js';
import { halfSquaredError } from '../src/index.js';
import { browserBackends, startInBrowser, type Place } from './browser.js';
import { groups, peerNames, type Case, type Group, type PeerName } from './case.js';
import { cases } from './cases.js';
import { catalogue } from './catalogue.js';
import { toChart } from './chart.js';
import { DAWN, startOnDawn } from './dawn.js';
import { digestText } from './digestText.js';
import { startPeers, type Missing, type Peers } from './peers.js';
import { PEERS_PYTHON } from './python.mjs';
import { digests } from './ratios.js';
import { recordText } from './record.js';
import { runCase, type Measurement } from './runCase.js';
import { toMarkdown, toText } from './table.js';
import { judge } from './targets.js';

interface Options {
  readonly backends: readonly string[];
  readonly cases: RegExp;
  readonly catalogue: boolean;
  readonly everything: boolean;
  readonly sizes: readonly Group[];
  readonly allOptions: boolean;
  readonly budget?: number;
  readonly peers?: readonly PeerName[];
  readonly python: string;
  readonly targets: boolean;
  readonly quick: boolean;
  readonly json?: string;
  readonly chart?: string;
  readonly markdown?: string;
}

const known: readonly string[] = [...nodeBackends, DAWN, ...Object.keys(browserBackends)];

/** Reads names of a list, with commas between them. */
const listOf =
  <Name extends string>(all: readonly Name[]) =>
  (text: string): readonly Name[] => {
    const list = text.split(',');
    const stranger = list.find((name) => !all.includes(name as Name));
    if (stranger !== undefined) throw new InvalidArgumentError(`'${stranger}' is none of ${all.join(', ')}.`);
    return list as Name[];
  };

const backendList = listOf(known);
const peerList = listOf(peerNames);
const groupList = listOf(groups);

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

const budgets = { cases: 6, catalogue: 0.25 };

const program = new Command('bench')
  .description('Times this package against what else there is.')
  .option('--backends <names>', `of ${known.join(', ')}`, backendList, ['cpu', 'wasm', 'tensorflow'])
  .option('--cases <regex>', 'only cases with such a name', regex, /(?:)/)
  .option('--catalogue', 'a case for every loss and for options, in Node', false)
  .option('--everything', 'the cases and the catalogue, for docs/speed.json', false)
  .option('--sizes <groups>', `of the catalogue: of ${groups.join(', ')}`, groupList, groups)
  .option('--all-options', 'every option of every loss, not some in turn', false)
  .option(
    '--budget <seconds>',
    `for each case on each backend (default: ${budgets.cases}, of the catalogue ${budgets.catalogue})`,
    seconds,
  )
  .addOption(
    new Option('--peers [names]', `others too, on one CPU thread: of ${peerNames.join(', ')}`)
      .preset(peerNames.join())
      .argParser(peerList),
  )
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
  const withCatalogue = options.catalogue || options.everything;
  const offered = [...(options.catalogue ? [] : cases), ...(withCatalogue ? catalogue(options) : [])];
  const budgetOf = ({ group }: Case): number => options.budget ?? budgets[group ? 'catalogue' : 'cases'];
  const chosen = offered.filter(({ name }) => options.cases.test(name));
  if (chosen.length === 0)
    program.error(`error: no case is called so. Cases:\n  ${offered.map((c) => c.name).join('\n  ')}`);
  const peers = options.peers && (await startPeers(options.python, options.peers));
  const measurements: Measurement[] = [];
  const disagreements: string[] = [];
  const failures: string[] = [];
  try {
    for (const backend of options.backends) {
      if (withCatalogue && backend in browserBackends) throw new Error(`the catalogue runs in Node, not on ${backend}`);
      const place = await startOn(backend, peers);
      const ofBackend: Measurement[] = [];
      for (const theCase of chosen) {
        const start = performance.now();
        try {
          const ran = await place.run(theCase, budgetOf(theCase) * 1000);
          ofBackend.push(...ran.measurements);
          disagreements.push(...ran.disagreements);
        } catch (error) {
          failures.push(`${backend}, ${theCase.name}: ${messageOf(error)}`);
        }
        process.stderr.write(`${backend}: ${theCase.name} (${((performance.now() - start) / 1000).toFixed(0)} s)\n`);
      }
      await place.close();
      console.log(`\n${backend}\n${toText(ofBackend)}`);
      measurements.push(...ofBackend);
      await writeFiles(options, measurements, peers);
    }
  } finally {
    peers?.close();
  }
  if (disagreements.length > 0) {
    console.log(`\nNumbers that differ from those of this package:\n  ${disagreements.join('\n  ')}`);
    process.exitCode = 1;
  }
  if (failures.length > 0) {
    console.log(`\nCases that fail:\n  ${failures.join('\n  ')}`);
    process.exitCode = 1;
  }
  if (withCatalogue) console.log(`\n${digestText(digests(measurements))}`);
  console.log(missingText(peers?.missing ?? []));
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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Cases that a library does not have, by the reason. */
function missingText(missing: readonly Missing[]): string {
  const reasons = new Map<string, Set<string>>();
  for (const { library, theCase, reason } of missing) {
    const key = `${library}, since ${reason}`;
    reasons.set(key, (reasons.get(key) ?? new Set()).add(theCase));
  }
  return [...reasons].map(([reason, of]) => `\nNot in ${reason} (${of.size}):\n  ${[...of].join('\n  ')}`).join('\n');
}

/** A backend in this process, on which a loss has been computed, so that first calls are those of their kind. */
async function startHere(backend: string, peers?: Peers): Promise<Place> {
  await startBackend(backend as Backend);
  const gradient = tf.grad((x) => halfSquaredError([1, 2], x, { reduction: 'mean' }));
  tf.dispose(gradient(tf.tensor1d([2, 4])));
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
    writeFileSync(json, recordText({ when, ...machine, ...peers?.versions }, measurements));
  }
  if (markdown !== undefined) writeFileSync(markdown, toMarkdown(measurements));
  if (chart !== undefined) writeFileSync(chart, await toChart(measurements));
}

try {
  await main(program.opts<Options>());
} catch (error) {
  console.error(`error: ${messageOf(error)}`);
  process.exitCode = 1;
}
