// Makes Keras 3 ready for the tests against it and for the example of training in several processes: a virtual environment
// with the TensorFlow that the native backend is built from.
//
//   npm run setup:keras
//
// It needs Python 3.11 with venv, and pip to reach its package index. The environment is in the cache, for all clones.

import { ENVIRONMENT, REQUIREMENTS } from './keras/python.mjs';
import { run, setUp } from './virtualEnvironment.mjs';

/** A Python that the wheel of TensorFlow is made for. */
async function findPython() {
  for (const command of ['python3.11', 'python3']) {
    const { stdout = '' } = await run(command, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
    if (stdout.trim() === '3.11') return command;
  }
  throw new Error('Python 3.11 is needed, for which TensorFlow has a wheel that fits. Install it, as python3.11.');
}

await setUp({
  folder: ENVIRONMENT,
  what: 'Keras on TensorFlow',
  findPython,
  packages: ['--no-deps', ...REQUIREMENTS],
  program: 'import keras, tensorflow; print("Keras", keras.__version__, "on TensorFlow", tensorflow.__version__)',
});
