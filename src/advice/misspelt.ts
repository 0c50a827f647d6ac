import { editDistance } from '../definition/editDistance.js';

/** The word that is meant by a misspelt one, of four letters of which one may be wrong; undefined: none of these. */
export function misspelt<T extends string>(word: string, known: readonly T[]): T | undefined {
  const far = (one: T): number => editDistance(one.toLowerCase(), word.slice(0, 2 * one.length).toLowerCase());
  return known.filter((one) => far(one) <= Math.max(1, one.length / 4)).sort((a, b) => far(a) - far(b))[0];
}
