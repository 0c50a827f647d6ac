import fs from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../on-every-backend');

/** Files that train or load models take long. */
const isOfModels = (file: string): boolean => /\/layers\/|\.fit\(/.test(fs.readFileSync(file, 'utf8'));

/**
 * The files of tests that run on every backend, as tests of the suite that calls this. Jest loads tfjs anew for each suite, and
 * V8 compiles it anew, which takes longer than the tests of most files.
 */
export function runFiles(which: 'models' | 'losses'): void {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  for (const name of names) {
    const file = join(folder, name);
    if (isOfModels(file) === (which === 'models')) describe(name, () => void jest.requireActual(file));
  }
}
