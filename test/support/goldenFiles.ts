import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGoldens, type GoldenFile } from './goldens.js';

/** From where npm runs everything: the root. */
const folder = join(process.cwd(), 'test/goldens');

export const goldenFiles: readonly GoldenFile[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => parseGoldens(readFileSync(join(folder, file), 'utf8')));
