import type { Values } from './values.js';
import { sizeOf } from './values.js';

/** How many numbers of a file are taken. */
const MOST = 100_000;

/** The numbers of a file that was dropped: CSV, TSV, NPY or JSON. Throws with what is wrong. */
export async function valuesOfFile(file: File): Promise<Values> {
  const name = file.name.toLowerCase();
  const { numbersOfCsv, numbersOfNpy, numbersOfJson } = await import('./readers.js');
  const values = name.endsWith('.npy')
    ? numbersOfNpy(file.name, new Uint8Array(await file.arrayBuffer()))
    : /\.[ct]sv$/.test(name)
      ? numbersOfCsv(file.name, await file.text())
      : numbersOfJson(file.name, await file.text());
  const count = sizeOf(values.shape);
  if (count > MOST) throw new Error(`${file.name}: it has ${count} numbers; expected at most ${MOST}`);
  return values;
}
