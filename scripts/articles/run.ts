import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Backend } from './backend.js';
import { toPicture } from './chart.js';
import { overSoftmax } from './curves.js';
import { toHtml } from './html.js';
import { trainOnIris } from './iris.js';
import { articles, count, judgeArticles, toJson, type Report } from './report.js';
import { lastLine, legend, toText } from './terminal.js';

export interface ArticlesOptions {
  readonly json: boolean;
  readonly entry?: string;
  readonly out: string;
  readonly picture?: string;
}

/** Computes the articles on a backend that has been started, prints and writes what was asked for; whether a number is off. */
export async function runArticles(options: ArticlesOptions, backend: Backend): Promise<boolean> {
  if (options.entry !== undefined) requireEntry(options.entry);
  if (options.picture !== undefined) {
    await writePicture(options.picture);
    return false;
  }
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
  return count(report).off > 0;
}

function requireEntry(id: string): void {
  const ids = articles.flatMap(({ entries }) => entries.map((entry) => entry.id));
  if (!ids.includes(id)) throw new Error(`there is no entry '${id}'. Entries:\n  ${ids.join('\n  ')}`);
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
