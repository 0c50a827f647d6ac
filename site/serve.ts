import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
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

/** Answers the requests of all pages of a browser context with the files of the site, which lies under `path`. */
export async function serveSite(context: BrowserContext, path: string): Promise<Requests> {
  const requests: Requests = { foreign: [], files: [], missing: [] };
  await context.route('**', (route) => {
    const url = new URL(route.request().url());
    const file = fileAt(url, path);
    if (file === null) {
      requests.foreign.push(url.href);
      return route.abort();
    }
    if (!existsSync(file)) {
      requests.missing.push(url.href);
      return route.fulfill({ status: 404 });
    }
    requests.files.push(file);
    // Known to playwright by their ending, but for this one.
    return route.fulfill(
      extname(file) === '.md' ? { path: file, contentType: 'text/markdown; charset=utf-8' } : { path: file },
    );
  });
  return requests;
}

function fileAt({ origin, pathname }: URL, path: string): string | null {
  if (origin !== ORIGIN || !pathname.startsWith(path)) return null;
  const own = decodeURIComponent(pathname.slice(path.length));
  return join(OUTPUT, own === '' || own.endsWith('/') ? `${own}index.html` : own);
}
