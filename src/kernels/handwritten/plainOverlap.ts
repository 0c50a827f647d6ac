import type { Counting } from '../../call/kernelSlots.js';
import type { ClassTable } from './classTable.js';
import type { NumberArray, Numbers } from './hostKernel.js';

/*
 * The usual overlap, y·p of each label y and probability p, where all entries count. Its loops take half the time of those
 * for all kinds of overlaps.
 */

/** The sums of the overlap, of the errors α·(1 − y)·p + β·y·(1 − p), and of the labels. */
export function plainSums(
  { labels, probabilities, others }: Record<'labels' | 'probabilities', Numbers> & Record<'others', Numbers | null>,
  { groups, summed, columns }: ClassTable,
  { alpha, beta }: Counting,
): Float32Array {
  const [ofLabels, ofP, rests] = [labels.values, probabilities.values, others?.values];
  const size = groups * columns;
  const sums = new Float32Array(3 * size);
  for (let at = 0; at < size; at++) {
    const first = firstOf(at, summed, columns);
    const end = first + summed * columns;
    let overlap = 0;
    let excess = 0;
    let lack = 0;
    let present = 0;
    for (let i = first; i < end; i += columns) {
      const y = ofLabels[i] as number;
      const p = ofP[i] as number;
      overlap += y * p;
      excess += p * (1 - y);
      present += y;
      if (!rests) lack += y * (1 - p);
    }
    if (rests) for (let i = first; i < end; i += columns) lack += (ofLabels[i] as number) * (rests[i] as number);
    sums[at] = overlap;
    sums[size + at] = alpha * excess + beta * lack;
    sums[2 * size + at] = present;
  }
  return sums;
}

/** The derivative for probabilities, of that of the sums. */
export function plainGradient(
  dy: NumberArray,
  labels: NumberArray,
  { groups, summed, columns }: ClassTable,
  { alpha, beta }: Counting,
): Float32Array {
  const size = groups * columns;
  const gradient = new Float32Array(labels.length);
  for (let at = 0; at < size; at++) {
    const first = firstOf(at, summed, columns);
    const end = first + summed * columns;
    const ofErrors = dy[size + at] as number;
    const ofPositive = (dy[at] as number) - beta * ofErrors;
    const ofNegative = alpha * ofErrors;
    for (let i = first; i < end; i += columns) {
      const y = labels[i] as number;
      gradient[i] = y * ofPositive + (1 - y) * ofNegative;
    }
  }
  return gradient;
}

/** The first place of so many rows of a column; columns are counted on through all groups. */
const firstOf = (at: number, summed: number, columns: number): number =>
  summed * columns * Math.floor(at / columns) + (at % columns);
