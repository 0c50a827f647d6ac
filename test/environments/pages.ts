import fs from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launch, open } from '../../scripts/browser.mjs';
import { environments } from '../browser/environments.js';
import { type Outcome, printedOutcome } from './expected.js';
import type { Workshop } from './workshop.js';

const surroundings = fileURLToPath(new URL('../browser/environments.ts', import.meta.url));

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

/** Other packages of tfjs, but not files in them, stay imports. The entry, which has no importer with a path, is bundled. */
const otherPackages: Plugin = {
  name: 'other-packages',
  setup: (building) =>
    building.onResolve({ filter: /^@tensorflow\/[\w-]+$/ }, ({ path, importer }) =>
      importer.includes('node_modules') ? { path, external: true } : undefined,
    ),
};

/** A package of tfjs in one file, as CDNs make it for import maps: other packages of tfjs are imported by name. */
async function asModule({ tools }: Workshop, name: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${name}'`, resolveDir: tools },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'silent',
    plugins: [otherPackages],
  });
  return outputFiles[0]?.text ?? '';
}

/** The outcome of a page, as its console says it. */
export async function outcomeOfPage(workshop: Workshop, folder: string): Promise<Outcome> {
  const page = await (await theBrowser()).newPage();
  try {
    const errors: string[] = [];
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.route('**', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname.startsWith('/esm/')) {
        const body = await asModule(workshop, pathname.slice('/esm/'.length));
        return route.fulfill({ contentType: 'text/javascript', body });
      }
      const path = fileOf(workshop, folder, pathname);
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

/** The outcome of a project in one of the surroundings in which the laws run too, after a look at whether it is that. */
export async function outcomeIn(name: keyof typeof environments, folder: string): Promise<Outcome> {
  const { headers, host } = environments[name];
  const page = await open(await theBrowser(), await script(name, folder), headers);
  try {
    const there = await host(page);
    return await there.evaluate(() => (globalThis as unknown as { readonly outcome: Promise<Outcome> }).outcome);
  } finally {
    await page.close();
  }
}

async function script(name: keyof typeof environments, folder: string): Promise<string> {
  const contents = `
    import './main.js';
    import { environments } from '${surroundings}';
    // Of the wasm backend, which has threads where the page is isolated, nothing is used here.
    const isReal = environments.${name}.isReal({ wasm: { PThread: null } });
    if (!isReal) globalThis.outcome = { error: 'these are not the surroundings that are meant' };
    // For whoever has started this as a worker.
    postMessage('ready');`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    write: false,
    format: 'iife',
    logLevel: 'silent',
  });
  return outputFiles[0]?.text ?? '';
}

export const browserVersion = async (): Promise<string> =>
  `Chromium ${(await theBrowser()).version().replace(/\..*/, '')}`;
