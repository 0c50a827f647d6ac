import type { Page } from 'playwright-core';
import { launch, open } from '../../scripts/browser.mjs';
import { onCdn } from '../../scripts/cdn.js';
import { linesOf, programsOf, type Program } from '../support/readme.js';
import { bundledCode } from './bundle.js';
import type { Outcome } from './runSetup.js';

/** How a program gets onto a page: as an application is bundled, or as the whole page. */
const shown: Readonly<Record<string, (page: Page, code: string) => Promise<void>>> = {
  js: async (page, code) => {
    await page.addScriptTag({ content: await bundledCode(code), type: 'module' });
  },
  html: async (page, code) => {
    await page.route('https://cdn.jsdelivr.net/**', async (route) => {
      const body = await onCdn(new URL(route.request().url()).pathname);
      return route.fulfill({ contentType: 'text/javascript', body });
    });
    await page.setContent(code);
  },
};

/** The programs of the README in pages that have no flags set and no file of ours but the package. */
export async function programsOfReadme(pattern: RegExp): Promise<Outcome[]> {
  const programs = programsOf('README.md')
    .map((program, i) => ({ ...program, title: `program ${i + 1} of the README, ${program.language}` }))
    .filter(({ title }) => pattern.test(title));
  const browser = await launch();
  const outcomes: Outcome[] = [];
  for (const program of programs) {
    const from = performance.now();
    const error = await complaintAbout(await open(browser, ''), program);
    outcomes.push({ title: program.title, error, seconds: (performance.now() - from) / 1000 });
  }
  await browser.close();
  return outcomes;
}

async function complaintAbout(page: Page, { language, code, printed }: Program): Promise<string | null> {
  const said: string[] = [];
  const lines = (): string[] => linesOf(said.join('\n'));
  page.on('pageerror', ({ message }) => said.push(`uncaught: ${message}`));
  const isDone = new Promise<void>((resolve) => {
    page.on('console', (message) => {
      if (message.type() === 'log') said.push(message.text());
      if (lines().length >= printed.length) resolve();
    });
    setTimeout(resolve, 60_000);
  });
  await shown[language]?.(page, code);
  await isDone;
  const isRight = printed.length > 0 && JSON.stringify(lines()) === JSON.stringify(printed);
  return isRight ? null : `it prints ${JSON.stringify(lines())}, and the README says ${JSON.stringify(printed)}`;
}
