import fs from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launch, open } from '../../scripts/browser.mjs';
import { environments } from '../browser/environments.js';
import { type Outcome, printedOutcome } from './expected.js';
import type { Workshop } from './workshop.js';

const ORIGIN = 'http://localhost';

let browser: Promise<Browser> | undefined;

/** One browser for all pages. */
const theBrowser = (): Promise<Browser> => (browser ??= launch());

export const closeBrowser = async (): Promise<void> => (await browser)?.close();

/** The file that a page of a project gets for a path. `/unpkg/tfjs-losses` is what that CDN has for the bare name. */
function fileOf({ tools, packed }: Workshop, folder: string, path: string): string {
  const [, library, rest = ''] = /^\/node_modules\/(tfjs-losses\/)?(.*)$/.exec(path) ?? [];
  if (path === '/unpkg/tfjs-losses') {
    const { unpkg } = JSON.parse(fs.readFileSync(join(packed, 'package.json'), 'utf8')) as { readonly unpkg: string };
    return join(packed, unpkg);
  }
  if (path.startsWith('/node_modules/')) return library ? join(packed, rest) : join(tools, 'node_modules', rest);
  return join(folder, path === '/' ? 'index.html' : path);
}

/** The outcome of a page, as its console says it. */
export async function outcomeOfPage(workshop: Workshop, folder: string): Promise<Outcome> {
  const page = await (await theBrowser()).newPage();
  try {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.route('**', (route) => {
      const path = fileOf(workshop, folder, new URL(route.request().url()).pathname);
      return fs.existsSync(path) ? route.fulfill({ path }) : route.fulfill({ status: 404 });
    });
    const said = page
      .waitForEvent('console', { predicate: (message) => message.text().startsWith('OUTCOME '), timeout: 20_000 })
      .then((message) => printedOutcome(message.text()))
      .catch(() => ({ error: `the page says nothing${errors.map((error) => `\n${error}`).join('')}` }));
    await page.goto(ORIGIN);
    return await said;
  } finally {
    await page.close();
  }
}

/** The outcome of a script in one of the surroundings in which the laws run too, after a look at whether it is that. */
export async function outcomeIn(name: keyof typeof environments, script: string): Promise<Outcome> {
  const { headers, host, isReal } = environments[name];
  const page = await open(await theBrowser(), script, headers);
  try {
    const there = await host(page);
    // Of the wasm backend, which has threads where the page is isolated, nothing is used here.
    if (!(await there.evaluate(isReal, { wasm: { PThread: null } }))) return { error: `this is not the ${name}` };
    return await there.evaluate(() => (globalThis as unknown as { readonly outcome: Promise<Outcome> }).outcome);
  } finally {
    await page.close();
  }
}

export const browserVersion = async (): Promise<string> =>
  `Chromium ${(await theBrowser()).version().replace(/\..*/, '')}`;
