import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TENSORFLOW } from '../tensorflow.mjs';
import { environmentFor, pythonIn } from '../virtualEnvironment.mjs';

const FILE = join(dirname(fileURLToPath(import.meta.url)), 'requirements.txt');

/** What pip is to install. */
export const REQUIREMENTS = [`tensorflow-cpu==${TENSORFLOW}`, '--requirement', FILE];

export const ENVIRONMENT = environmentFor('keras', TENSORFLOW, fs.readFileSync(FILE));

/** The Python that has Keras. */
export const KERAS_PYTHON = pythonIn(ENVIRONMENT);
