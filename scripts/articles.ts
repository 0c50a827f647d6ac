// Reproduces what three articles on loss functions say: every formula, number and claim, by hand, by this package and
// by tfjs.
//
//   npm start [-- --backend wasm] [--json] [--entry <id>] [--out <folder>] [--picture <file.svg>]
//
// Exit status 1 if any number is off.

import { Command, Option } from 'commander';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { backends, startBackend, type Backend } from './articles/backend.js';
import { toPicture } from './articles/chart.js';
import { overSoftmax } from './articles/curves.js';
import { toHtml } from './articles/html.js';
import { trainOnIris } from './articles/iris.js';
import { articles, count, judgeArticles, toJson, type Report } from './articles/report.js';
import { lastLine, legend, toText } from './articles/terminal.js';

interface Options {
  readonly backend?: Backend;
  readonly json: boolean;
  readonly entry?: string;
  readonly out: string;
  readonly picture?: string;
}

const program = new Command('articles')
  .description('Reproduces every formula, number and claim of three articles on loss functions.')
  .addOption(new Option('--backend <name>', 'tfjs backend; by default the fastest that starts').choices(backends))
  .option('--json', 'print the results as JSON and nothing else', false)
  .option('--entry <id>', 'only this entry, without Iris and without the report')
  .option('--out <folder>', 'folder of the report', 'report')
  .option('--picture <file>', 'only write the picture of the README, as SVG')
  .parse();

async function main(options: Options): Promise<void> {
  if (options.entry !== undefined) requireEntry(options.entry);
  const backend = await startBackend(options.backend);
  if (options.picture !== undefined) return writePicture(options.picture);

  const say = (text: string): void => {
    if (!options.json) console.log(text);
  };
  say(`Backend: ${backend}\n`);
  const isComplete = options.entry === undefined;
  const report: Report = {
    backend,
    judged: judgeArticles(options.entry),
    iris: isComplete ? await trainOnIris() : null,
  };
  if (options.json) console.log(toJson(report));
  say(toText(report, process.stdout.isTTY));
  if (isComplete) {
    const file = join(options.out, 'index.html');
    write(file, await toHtml(report));
    say(`\nReport: ${relative('.', file)}`);
  }
  say(`\n${legend}\n${lastLine(report)}`);
  if (count(report).off > 0) process.exitCode = 1;
}

function requireEntry(id: string): void {
  const ids = articles.flatMap(({ entries }) => entries.map((entry) => entry.id));
  if (!ids.includes(id)) program.error(`error: there is no entry '${id}'. Entries:\n  ${ids.join('\n  ')}`);
}

async function writePicture(file: string): Promise<void> {
  const [loss, gradient] = overSoftmax();
  if (!loss || !gradient) return;
  const heading = 'Why classifiers train with cross-entropy and not with MSE';
  const subheading = [
    'One logit x beside two zeros, a softmax, the first class true. On the left it is wrong:',
    'there the MSE goes flat and its gradient vanishes, while cross-entropy pulls hardest.',
  ];
  write(file, await toPicture([loss, gradient], heading, subheading));
  console.log(`Picture: ${relative('.', file)}`);
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

// What reads the output, such as `head`, may not want all of it.
process.stdout.on('error', () => process.exit());

try {
  await main(program.opts<Options>());
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
