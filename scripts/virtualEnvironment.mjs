import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { CACHE } from './tensorflow.mjs';

/** A folder in the cache, for all clones: one for each set of versions. */
export function environmentFor(name, ...versions) {
  const hash = createHash('sha256');
  for (const version of versions) hash.update(version);
  return join(CACHE, `${name}-${hash.digest('hex').slice(0, 12)}`);
}

/** The Python of a virtual environment. */
export const pythonIn = (folder) => join(folder, 'bin', 'python');

/** Runs a command, and says in the result whether it failed. */
export const run = (command, args) =>
  execa(command, args, { stdin: 'ignore', timeout: 3_600_000, reject: false, all: true });

/**
 * Makes a virtual environment unless it is there and `program`, which imports what is wanted, runs in it. Prints what
 * that prints.
 */
export async function setUp({ folder, what, findPython, packages, program }) {
  const tryOut = () => run(pythonIn(folder), ['-c', program]);
  if ((await tryOut()).failed) await install({ folder, what, findPython, packages });
  const { failed, stdout, all } = await tryOut();
  console.log(failed ? `${what} cannot be imported, though pip has installed it:\n${all}` : stdout);
  process.exitCode = failed ? 1 : 0;
}

async function install({ folder, what, findPython, packages }) {
  const python = await findPython();
  fs.mkdirSync(CACHE, { recursive: true });
  fs.rmSync(folder, { recursive: true, force: true });
  console.log(`Installing ${what} with pip ...`);
  const steps = [
    [python, ['-m', 'venv', folder]],
    [pythonIn(folder), ['-m', 'pip', 'install', '--quiet', ...packages]],
  ];
  for (const [command, args] of steps) {
    const { failed, all } = await run(command, args);
    if (failed) {
      fs.rmSync(folder, { recursive: true, force: true });
      throw new Error(`It could not be installed. Check that pip reaches its package index.\n${all}`);
    }
  }
}
