import type { Browser, Locator, Page } from 'playwright-core';
import { type Change, ORIGIN, type Requests, serveSite } from '../../../site/serve.js';

/** Something that holds for the site; it throws where it does not. */
export interface Check {
  readonly title: string;
  readonly run: (visit: Visit) => Promise<void>;
}

/** A page of the site in a browser of its own, with what went wrong in it. */
export interface Visit {
  readonly page: Page;
  readonly requests: Requests;
  /** Errors and warnings of the console, and errors that nobody caught. */
  readonly complaints: string[];
  /** Opens a page by its path on the site, such as `zh/losses/huber.html`. */
  readonly open: (path: string) => Promise<void>;
}

interface Surroundings {
  readonly path?: string;
  readonly width?: number;
  readonly isDark?: boolean;
  /** A fault that the site is given, for checks that have to find it. */
  readonly change?: Change;
}

/** Runs a check, and then holds that the pages asked nobody else for anything and complained of nothing. */
export async function visited<T>(
  browser: Browser,
  { path = '/any/where/', width = 1280, isDark = false, change }: Surroundings,
  use: (visit: Visit) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: isDark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  try {
    const requests = await serveSite(context, path, change);
    // A faulty site may never show the thing that a check waits for.
    if (change) context.setDefaultTimeout(6000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    const open = async (own: string): Promise<void> => {
      await page.goto(`${ORIGIN}${path}${own}`, { waitUntil: 'load' });
    };
    const result = await use({ page, requests, complaints, open });
    const faults = [
      ...complaints.map((text) => `the console says: ${text}`),
      ...requests.foreign.map((url) => `asked for ${url}`),
      ...requests.missing.map((url) => `found no ${url}`),
    ];
    if (faults.length > 0) throw new Error(faults.join('\n'));
    return result;
  } finally {
    await context.close();
  }
}

export function hold(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Error(otherwise);
}

/** No text, no number field and no line of a drawing is NaN. */
export async function holdNoNaN(place: Locator): Promise<void> {
  const found = await place.evaluate((element) => {
    const texts = [element.textContent, element.innerHTML];
    const fields = Array.from(element.querySelectorAll('input'), ({ value }) => value);
    return [...texts, ...fields].flatMap((text) => text.match(/.{0,60}\bNaN\b.{0,20}/g) ?? []).slice(0, 3);
  });
  hold(found.length === 0, `NaN is shown: ${found.join(' | ')}`);
}
