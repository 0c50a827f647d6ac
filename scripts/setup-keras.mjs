// Makes Keras 3 ready for the tests against it and for the example of training in several processes: a virtual environment
// with the TensorFlow that the native backend is built from.
//
//   npm run setup:keras
//
// It needs Python 3.11 with venv, and pip to reach its package index. The environment is in the cache, for all clones.

import fs from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { KERAS_PYTHON, REQUIREMENTS, environment } from './keras/python.mjs';
import { CACHE } from './tensorflow.mjs';

const run = (command, args) => execa(command, args, { stdin: 'ignore', timeout: 1_800_000, reject: false, all: true });

/** A Python that the wheel of TensorFlow is made for. */
async function findPython() {
  for (const command of ['python3.11', 'python3']) {
    const { stdout = '' } = await run(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
    if (stdout.trim() === '3.11') return command;
  }
  throw new Error('Python 3.11 is needed, for which TensorFlow has a wheel that fits. Install it, as python3.11.');
}

/** Fills a folder beside its place, and moves it there when all is well: another clone sees all of it or nothing. */
async function install() {
  const python = await findPython();
  fs.mkdirSync(CACHE, { recursive: true });
  const folder = environment();
  fs.rmSync(folder, { recursive: true, force: true });
  console.log('Installing Keras and TensorFlow with pip (240 MB) ...');
  const steps = [
    [python, ['-m', 'venv', folder]],
    [join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', '--no-deps', ...REQUIREMENTS]],
  ];
  for (const [command, args] of steps) {
    const { failed, all } = await run(command, args);
    if (failed) {
      fs.rmSync(folder, { recursive: true, force: true });
      throw new Error(`It could not be installed. Check that pip reaches its package index.\n${all}`);
    }
  }
}

const PROGRAM = 'import keras, tensorflow; print("Keras", keras.__version__, "on TensorFlow", tensorflow.__version__)';
const tryOut = () => run(KERAS_PYTHON, ['-c', PROGRAM]);

if ((await tryOut()).failed) await install();
const { failed, stdout, all } = await tryOut();
console.log(failed ? `Keras is installed, but cannot be imported:\n${all}` : stdout);
process.exitCode = failed ? 1 : 0;
