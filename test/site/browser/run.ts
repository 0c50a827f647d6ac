// The built site in a real browser: `npm run docs:site` first.
//
//   npm run test:site -- -t huber
//   npm run test:site -- --shots build/shots    pictures of a page of each kind, three widths, light and dark

import Table from 'cli-table3';
import { program } from 'commander';
import { launch } from '../../../scripts/browser.mjs';
import { type Check, visited } from './check.js';
import { axe } from './checks/axe.js';
import { links } from './checks/links.js';
import { lossPages } from './checks/lossPages.js';
import { playground, sharedLink } from './checks/playground.js';
import { programs, programsInNode } from './checks/programs.js';
import { race } from './checks/race.js';
import { walk } from './checks/paths.js';
import { search } from './checks/search.js';
import { weight } from './checks/weight.js';
import { takeShots } from './shots.js';

const { t, shots, slowest } = program
  .option('-t <pattern>', 'only checks whose title matches', (pattern) => new RegExp(pattern), /(?:)/)
  .option('--shots <folder>', 'takes pictures instead')
  .option('--slowest <count>', 'names the checks that took longest', Number, 0)
  .parse()
  .opts<{ t: RegExp; shots?: string; slowest: number }>();

const atRoot = { ...walk, title: `${walk.title}, also at the root`, path: '/' };

const all: readonly (Check & { readonly path?: string })[] = [
  ...playground(),
  ...links,
  walk,
  atRoot,
  sharedLink,
  ...race,
  ...weight,
  ...search,
  ...axe,
  ...programs(),
  ...programsInNode(),
  ...lossPages(),
];

const browser = await launch();
const times: { readonly title: string; readonly seconds: number }[] = [];
const failed: string[] = [];

async function work(checks: (typeof all)[number][]): Promise<void> {
  for (let check = checks.shift(); check; check = checks.shift()) {
    const { title, run, path } = check;
    const from = performance.now();
    try {
      await visited(browser, path === undefined ? {} : { path }, run);
    } catch (error) {
      failed.push(title);
      console.log(`✗ ${title}\n${String(error).replace(/^/gm, '    ')}\n`);
    }
    times.push({ title, seconds: (performance.now() - from) / 1000 });
  }
}

try {
  if (shots !== undefined) await takeShots(browser, shots);
  else {
    const queue = all.filter(({ title }) => t.test(title));
    // Two at a time: one alone does not keep two cores busy.
    await Promise.all([work(queue), work(queue)]);
    for (const { title, seconds } of times.sort((a, b) => b.seconds - a.seconds).slice(0, slowest))
      console.log(`${seconds.toFixed(1)} s ${title}`);
    const table = new Table({ head: ['checks', 'failed'] });
    table.push([times.length, failed.length]);
    console.log(table.toString());
    if (failed.length > 0) process.exitCode = 1;
  }
} finally {
  await browser.close();
}
