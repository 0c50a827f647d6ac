// The built site in a real browser: `npm run docs:site` first.
//
//   npm run test:site -- -t huber
//   npm run test:site -- --all                 every loss in both languages, not each sixth in one
//   npm run test:site -- --shots build/shots    pictures of a page of each kind, three widths, light and dark

import Table from 'cli-table3';
import { program } from 'commander';
import { launch } from '../../../scripts/browser.mjs';
import { type Check, hold, visited } from './check.js';
import { axe } from './checks/axe.js';
import { links } from './checks/links.js';
import { lossPages } from './checks/lossPages.js';
import { playground, sharedLink } from './checks/playground.js';
import { programs, programsInNode } from './checks/programs.js';
import { race } from './checks/race.js';
import { walk } from './checks/paths.js';
import { search } from './checks/search.js';
import { weight } from './checks/weight.js';
import { type Mutant, mutants } from './mutants.js';
import { takeShots } from './shots.js';

const { t, all, shots, slowest } = program
  .option('-t <pattern>', 'only checks whose title matches', (pattern) => new RegExp(pattern), /(?:)/)
  .option('--all', 'every loss in both languages, not each sixth in one of them', false)
  .option('--shots <folder>', 'takes pictures instead')
  .option('--slowest <count>', 'names the checks that took longest', Number, 0)
  .parse()
  .opts<{ t: RegExp; all: boolean; shots?: string; slowest: number }>();

const atRoot = { ...walk, title: `${walk.title}, also at the root`, path: '/' };

type Job = Check & { readonly path?: string };

const checksOf = (isAll: boolean): readonly Job[] => [
  ...playground(isAll),
  ...links,
  walk,
  atRoot,
  sharedLink,
  ...race,
  ...weight,
  ...search,
  ...axe(isAll),
  ...programs(),
  ...programsInNode(),
  ...lossPages(isAll),
];

const browser = await launch();

/** Holds that a check finds the fault. */
function ofMutant({ fault, by, complaint, change }: Mutant): Job {
  const check = checksOf(true).find(({ title }) => title === by);
  if (!check) throw new Error(`there is no check "${by}"`);
  const run = async (): Promise<void> => {
    const said = await visited(browser, { change }, check.run).then(() => 'nothing', String);
    hold(complaint.test(said), `"${by}" says ${said}`);
  };
  return { title: `broken: ${fault}`, run };
}

const times: { readonly title: string; readonly seconds: number }[] = [];
const failed: string[] = [];

async function work(queue: Job[]): Promise<void> {
  for (let check = queue.shift(); check; check = queue.shift()) {
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
    const queue = [...checksOf(all), ...mutants.map(ofMutant)].filter(({ title }) => t.test(title));
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
