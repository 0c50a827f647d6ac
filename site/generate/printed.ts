import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SITE } from '../config/places.js';

const run = promisify(execFile);

/** The text that a program of `site/programs` prints in a process of its own, which imports the built package by its name. */
export async function printedBy(name: string): Promise<string> {
  const { stdout } = await run(process.execPath, [`${SITE}programs/${name}.mjs`], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
  });
  return withoutGreeting(stdout);
}

/** tfjs greets in Node and asks for its native backend; readers of a page need not see it. */
const withoutGreeting = (text: string): string =>
  text.replace(/\n?=+\nHi, looks like you are running TensorFlow\.js[^]*?=+\n/g, '').trimEnd() + '\n';
