import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Before the tests with Keras: one process has it for all of them, since it takes seconds to start. */
export async function setup(_, { globals }) {
  const folder = mkdtempSync(join(tmpdir(), 'keras-'));
  process.env.KERAS_ANSWERS = folder;
  const server = spawn(globals.kerasPython, [join(root, 'test/keras/answers.py'), join(folder, 'socket')], {
    env: { ...process.env, PYTHONPATH: join(root, 'python') },
    stdio: ['ignore', 'ignore', openSync(join(folder, 'log'), 'w')],
  });
  globalThis.endKeras = () => {
    server.kill();
    rmSync(folder, { recursive: true });
  };
}

export const teardown = () => globalThis.endKeras();
