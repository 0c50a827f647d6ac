import { customGrad, equal, getBackend, isFinite, scalar, type Tensor } from '@tensorflow/tfjs-core';
import { isOnHost } from '../../numerics/host.js';
import { cast, where } from '../../numerics/portable.js';
import { stretch } from '../../numerics/sum.js';
import { sumOfEach, tally } from '../fused/tally.js';
import { decided, watching } from '../tfjs/watch.js';
import { numbersSeen } from './hostKernel.js';

/* What JavaScript sees in numbers that it has at hand sooner than tf ops tell it. */

/** How many entries of a boolean tensor are true; null where they cannot be read, or one is neither 0 nor 1. */
export function countTrue(x: Tensor): number | null {
  if (!isOnHost() || watching()) return null;
  const bytes = numbersSeen(x) as Uint8Array;
  // Four at a time take a quarter of the time.
  const words = bytes.byteOffset % 4 === 0 ? bytes.length >> 2 : 0;
  const fours = new Int32Array(bytes.buffer, words > 0 ? bytes.byteOffset : 0, words);
  let count = 0;
  let all = 0;
  for (let i = 0; i < words; i++) {
    const four = fours[i] as number;
    count += Math.imul(four, 0x01010101) >>> 24;
    all |= four;
  }
  for (let i = 4 * words; i < bytes.length; i++) {
    const one = bytes[i] as number;
    count += one;
    all |= one;
  }
  return (all & ~0x01010101) === 0 ? count : null;
}

/** Whether all numbers are seen to lie between two. */
export const areBetween = (x: Tensor, [low, high]: readonly [number, number]): boolean =>
  isOnHost() &&
  decided([x], ([numbers]) => {
    const all = numbers as ArrayLike<number>;
    let i = 0;
    while (i < all.length && (all[i] as number) >= low && (all[i] as number) <= high) i++;
    return i === all.length;
  });

/** How many entries are not 0, of all of them; null where they cannot be read, or are counted over some axes only. */
export function countNonzero(x: Tensor, over: readonly number[] = x.shape): Tensor | null {
  if (!isOnHost() || watching() || over.length !== x.rank) return null;
  let count = x.dtype === 'bool' ? countTrue(x) : null;
  if (count === null) {
    count = 0;
    const numbers = numbersSeen(x);
    let i = 0;
    while (i < numbers.length) if (numbers[i++] !== 0) count++;
  }
  return scalar(count);
}

/** How many numbers are 0; NaN where one is not finite, null where they have to be waited for. */
export const zeros = (x: Tensor): number | null => tally(zeroOrSpoilt, x);

const zeroOrSpoilt = (x: Tensor): Tensor => where(isFinite(x), cast(equal(x, 0), 'float32'), NaN);

/** Sums of fewer numbers are as exact by tfjs, and as fast. */
const MANY = 16;

/** So many numbers are worth a kernel. */
const MORE = 2 ** 12;

/** The sum of all numbers of a tensor, the last steps in double precision; null where tfjs is as fast. */
export function total(x: Tensor): Tensor | null {
  const isAtHand = getBackend() === 'cpu' || getBackend() === 'wasm';
  if (!isAtHand || watching() || x.dtype !== 'float32' || x.size <= MANY) return null;
  return customGrad(() => {
    const sum = (x.size >= MORE ? sumOfEach(asItIs, x) : null) ?? sumOf(numbersSeen(x));
    return { value: scalar(sum), gradFunc: (dy: Tensor) => stretch(dy, x.shape) };
  })(x);
}

const asItIs = (x: Tensor): Tensor => x;

function sumOf(numbers: ArrayLike<number>): number {
  let sum = 0;
  let i = 0;
  while (i < numbers.length) sum += numbers[i++] as number;
  return sum;
}
