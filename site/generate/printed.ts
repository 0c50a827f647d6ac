import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SITE } from '../config/places.js';
import { printedOnPage } from './printedOnPage.js';

const run = promisify(execFile);

/**
 * The text that a program of `site/programs` prints: a module in a process of its own, which imports the built package by
 * its name, a page on the console of a browser.
 */
export async function printedBy(name: string): Promise<string> {
  const page = `${SITE}programs/${name}.html`;
  if (existsSync(page)) return printedOnPage(page);
  const { stdout } = await run(process.execPath, [`${SITE}programs/${name}.mjs`], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
  });
  return withoutGreeting(stdout);
}

/** tfjs greets in Node and asks for its native backend; readers of a page need not see it. */
const withoutGreeting = (text: string): string =>
  text.replace(/\n?=+\nHi, looks like you are running TensorFlow\.js[^]*?=+\n/g, '').trimEnd() + '\n';
