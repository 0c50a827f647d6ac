import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { packed } from '../elements/race/data/digits.js';

/** Images of each digit. */
const EACH = 200;

const PIXELS = 28 * 28;

/** The handwritten digits of the package `mnist` as the race reads them: 2,000 small images. */
export function digitsFile(): Uint8Array {
  const { resolve } = createRequire(`${process.cwd()}/package.json`);
  const images = Array.from({ length: 10 }, (_, digit) => {
    const { data } = JSON.parse(readFileSync(resolve(`mnist/src/digits/${digit}.json`), 'utf8')) as { data: number[] };
    return Array.from({ length: EACH }, (__, i) => packed(digit, data.slice(i * PIXELS, (i + 1) * PIXELS)));
  });
  return Uint8Array.from(images.flat(2));
}
