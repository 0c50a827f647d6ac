import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { visited } from './check.js';
import { kinds, languages } from './kinds.js';

const widths = [360, 768, 1280] as const;

/** Pictures of a page of each kind at three widths, light and dark, in both languages. */
export async function takeShots(browser: Browser, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const path of languages.flatMap((language) => kinds.map((kind) => `${language}${kind}`))) {
    for (const width of widths) {
      for (const isDark of [false, true]) {
        await visited(browser, { width, isDark }, async ({ page, open }) => {
          await open(path);
          await page.waitForLoadState('networkidle');
          const name = `${path.replace(/\.html$/, '').replace(/[/]/g, '-') || 'home'}-${width}${isDark ? '-dark' : ''}.png`;
          await page.screenshot({ path: join(folder, name), fullPage: true });
        });
      }
    }
  }
}
