// Makes PyTorch, TensorFlow and JAX ready for `npm run bench -- --peers`: a virtual environment in the cache, for all clones.
//
//   npm run setup:peers
//
// It needs a Python that all have wheels for, with venv, and pip to reach its package index.

import { setUp } from '../scripts/virtualEnvironment.mjs';
import { ENVIRONMENT, REQUIREMENTS } from './python.mjs';

await setUp({
  folder: ENVIRONMENT,
  what: 'PyTorch, TensorFlow and JAX',
  findPython: () => 'python3',
  packages: ['--requirement', REQUIREMENTS],
  program:
    'import jax, keras, tensorflow, torch; ' +
    'print("PyTorch", torch.__version__, "TensorFlow", tensorflow.__version__, "JAX", jax.__version__)',
});
