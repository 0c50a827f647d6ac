import fs from 'node:fs';
import { join } from 'node:path';

/**
 * Every other file of laws, from a first one on, as tests of the suite that calls this. Jest loads tfjs anew for each suite,
 * and V8 compiles it anew: with a suite for each law they took a fifth longer.
 */
export function runEveryOtherLaw(first: 0 | 1): void {
  const files = fs.readdirSync(__dirname).filter((file) => file.endsWith('.law.ts'));
  for (const file of files.filter((_, i) => i % 2 === first)) jest.requireActual(join(__dirname, file));
}
