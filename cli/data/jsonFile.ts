import { readFile, stat } from 'node:fs/promises';
import { refuse } from '../failure.js';
import { parseJson } from './json.js';

/** JSON is parsed as one text, which V8 holds up to half a gigabyte. */
const MOST_BYTES = 2 ** 28;

/** The value of a JSON file. */
export async function readJson(label: string, path: string): Promise<unknown> {
  const { size } = await stat(path);
  if (size > MOST_BYTES)
    refuse(
      label,
      `it has ${size} bytes of JSON`,
      'at most 268435456; write it as NPY or CSV, which are read in blocks',
    );
  return parseJson(label, await readFile(path, 'utf8'));
}
