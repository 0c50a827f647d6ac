import type { NumberArray } from './hostKernel.js';

/** Bits that are looked at in one walk. */
const BITS = 11;
const BUCKETS = 2 ** BITS;

/** Numbers of a row whose order is told from them directly. */
const FEW = 24;

/** Numbers of a row that are sorted by JavaScript's own as fast as by walks over all buckets. */
const MANY = 1024;

/** The places of numbers, of the largest one first; equal ones in the order in which they stand. */
export function orderOf(numbers: NumberArray): Uint32Array {
  const count = numbers.length;
  const keys = keysOf(numbers);
  if (count > FEW && count <= MANY) return sortedAtOnce(keys);
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i++) order[i] = i;
  if (count <= FEW) return insertionSorted(keys, order);
  let next = new Uint32Array(count);
  // By the lowest bits first: each walk keeps the order of those before among equal bits.
  for (let shift = 0; shift < 32; shift += BITS) {
    const starts = new Uint32Array(BUCKETS + 1);
    for (let i = 0; i < count; i++) {
      const after = (((keys[i] as number) >>> shift) & (BUCKETS - 1)) + 1;
      starts[after] = (starts[after] as number) + 1;
    }
    if (starts.includes(count)) continue;
    for (let b = 0; b < BUCKETS; b++) starts[b + 1] = (starts[b + 1] as number) + (starts[b] as number);
    for (let k = 0; k < count; k++) {
      const i = order[k] as number;
      const bucket = ((keys[i] as number) >>> shift) & (BUCKETS - 1);
      next[starts[bucket] as number] = i;
      starts[bucket] = (starts[bucket] as number) + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Whole numbers that are smaller the larger the numbers are. */
function keysOf(numbers: NumberArray): Uint32Array {
  // With 0 added, both zeros are one.
  const floats = new Float32Array(numbers.length);
  for (let i = 0; i < floats.length; i++) floats[i] = (numbers[i] as number) + 0;
  const bits = new Int32Array(floats.buffer);
  const keys = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) {
    const own = bits[i] as number;
    keys[i] = own < 0 ? own : ~(own | 0x80000000);
  }
  return keys;
}

/** Places below keys are one number, which sorts as both. */
function sortedAtOnce(keys: Uint32Array): Uint32Array {
  const both = new Float64Array(keys.length);
  for (let i = 0; i < both.length; i++) both[i] = (keys[i] as number) * MANY + i;
  both.sort();
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = (both[i] as number) % MANY;
  return order;
}

function insertionSorted(keys: Uint32Array, order: Uint32Array): Uint32Array {
  for (let k = 1; k < order.length; k++) {
    const own = order[k] as number;
    let at = k;
    for (; at > 0 && (keys[order[at - 1] as number] as number) > (keys[own] as number); at--) {
      order[at] = order[at - 1] as number;
    }
    order[at] = own;
  }
  return order;
}
