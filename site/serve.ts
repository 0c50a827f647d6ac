import { existsSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { OUTPUT } from './config/places.js';

/** Paths under which the built site is tried; no server listens, all requests are answered here. */
export const ORIGIN = 'http://localhost';

export interface Requests {
  /** Addresses outside the site that a page has asked for. */
  readonly foreign: string[];
  /** Files of the site that a page has asked for. */
  readonly files: string[];
  readonly missing: string[];
}

/** Another text in place of that of a file, such as `assets/chunks/playground.DcxMFZF7.js`; null: the file is not there. */
export type Change = (file: string, text: string) => string | null;

/** Answers the requests of all pages of a browser context with the files of the site, which lies under `path`. */
export async function serveSite(context: BrowserContext, path: string, change?: Change): Promise<Requests> {
  const requests: Requests = { foreign: [], files: [], missing: [] };
  await context.route('**', (route) => {
    const url = new URL(route.request().url());
    const file = fileAt(url, path);
    if (file === null) {
      requests.foreign.push(url.href);
      return route.abort();
    }
    const text = change && extname(file) in contentTypes && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    const changed = text === undefined ? text : change?.(relative(OUTPUT, file), text);
    if (!existsSync(file) || changed === null) {
      requests.missing.push(url.href);
      return route.fulfill({ status: 404 });
    }
    requests.files.push(file);
    const contentType = contentTypes[extname(file)] ?? '';
    if (changed !== undefined && changed !== text) return route.fulfill({ contentType, body: changed });
    // Known to playwright by their ending, but for one.
    return route.fulfill(extname(file) === '.md' ? { path: file, contentType } : { path: file });
  });
  return requests;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
};

function fileAt({ origin, pathname }: URL, path: string): string | null {
  if (origin !== ORIGIN || !pathname.startsWith(path)) return null;
  const own = decodeURIComponent(pathname.slice(path.length));
  return join(OUTPUT, own === '' || own.endsWith('/') ? `${own}index.html` : own);
}
