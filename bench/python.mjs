import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { environmentFor, pythonIn } from '../scripts/virtualEnvironment.mjs';

/** What pip is to install. */
export const REQUIREMENTS = join(dirname(fileURLToPath(import.meta.url)), 'requirements.txt');

export const ENVIRONMENT = environmentFor('peers', fs.readFileSync(REQUIREMENTS));

/** The Python that has PyTorch and TensorFlow. */
export const PEERS_PYTHON = pythonIn(ENVIRONMENT);
