import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CACHE } from '../scripts/tensorflow.mjs';

/** What pip is to install. */
export const REQUIREMENTS = join(dirname(fileURLToPath(import.meta.url)), 'requirements.txt');

/** One folder for each set of versions. */
export function environment() {
  const versions = createHash('sha256').update(fs.readFileSync(REQUIREMENTS));
  return join(CACHE, `peers-${versions.digest('hex').slice(0, 12)}`);
}

/** The Python that has PyTorch and TensorFlow. */
export const PEERS_PYTHON = join(environment(), 'bin', 'python');
