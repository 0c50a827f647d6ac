// Makes PyTorch and TensorFlow ready for `npm run bench -- --peers`: a virtual environment in the cache, for all clones.
//
//   npm run setup:peers
//
// It needs a Python that both have wheels for, with venv, and pip to reach its package index.

import fs from 'node:fs';
import { execa } from 'execa';
import { CACHE } from '../scripts/tensorflow.mjs';
import { PEERS_PYTHON, REQUIREMENTS, environment } from './python.mjs';

const run = (command, args) => execa(command, args, { stdin: 'ignore', timeout: 3_600_000, reject: false, all: true });

async function install() {
  fs.mkdirSync(CACHE, { recursive: true });
  const folder = environment();
  fs.rmSync(folder, { recursive: true, force: true });
  console.log('Installing PyTorch and TensorFlow with pip ...');
  const steps = [
    ['python3', ['-m', 'venv', folder]],
    [PEERS_PYTHON, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS]],
  ];
  for (const [command, args] of steps) {
    const { failed, all } = await run(command, args);
    if (failed) {
      fs.rmSync(folder, { recursive: true, force: true });
      throw new Error(`It could not be installed. Check that pip reaches its package index.\n${all}`);
    }
  }
}

const PROGRAM = 'import torch, tensorflow; print("PyTorch", torch.__version__, "TensorFlow", tensorflow.__version__)';
const tryOut = () => run(PEERS_PYTHON, ['-c', PROGRAM]);

if ((await tryOut()).failed) await install();
const { failed, stdout, all } = await tryOut();
console.log(failed ? `They are installed, but cannot be imported:\n${all}` : stdout);
process.exitCode = failed ? 1 : 0;
