import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE, TENSORFLOW } from '../tensorflow.mjs';

const FILE = join(dirname(fileURLToPath(import.meta.url)), 'requirements.txt');

/** What pip is to install. */
export const REQUIREMENTS = [`tensorflow-cpu==${TENSORFLOW}`, '--requirement', FILE];

/** One folder for each set of versions. */
export function environment() {
  const versions = createHash('sha256').update(TENSORFLOW).update(fs.readFileSync(FILE));
  return join(CACHE, `keras-${versions.digest('hex').slice(0, 12)}`);
}

/** The Python that has Keras. */
export const KERAS_PYTHON = join(environment(), 'bin', 'python');
