import type { DataSet } from './dataSet.js';
import type { DataName } from './names.js';
import { digits } from './digits.js';
import { iris } from './iris.js';
import { masks } from './masks.js';
import { moons } from './moons.js';

/** A data set with this seed; `file` is that of the digits, which others do without. */
export function dataOf(name: DataName, seed: number, file: Uint8Array | null): DataSet {
  if (name === 'digits') {
    if (!file) throw new Error('The digits need their file.');
    return digits(seed, file);
  }
  return { iris, moons, masks }[name](seed);
}
