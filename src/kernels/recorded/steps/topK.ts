import { shapeOf, sizeOf } from './axes.js';
import { orderOf } from '../../handwritten/order.js';
import type { Prepare } from './step.js';

/* The greatest numbers of each row and where they stand, in the order of tfjs. */

/** Of so many comparisons, a sort while reading is the fastest. */
const FEW = 2 ** 10;

const topK: Prepare = (inputs, attrs) => {
  const shape = shapeOf(inputs);
  const size = shape.at(-1) as number;
  const rows = sizeOf(shape.slice(0, -1));
  const { k, sorted } = attrs as unknown as { readonly k: number; readonly sorted: boolean };
  return ([x], [values, indices]) => {
    const [numbers, top, places] = [x as Float32Array, values as Float32Array, indices as Float32Array];
    for (let row = 0; row < rows; row++) {
      const [from, to] = [row * size, row * k];
      if (!sorted || !areFinite(numbers, from, size)) asTfjs(numbers, from, size, top, places, to, k, sorted);
      else if (k * size <= FEW) insert(numbers, from, size, top, places, to, k);
      else {
        const order = orderOf(numbers.subarray(from, from + size));
        for (let i = 0; i < k; i++) {
          top[to + i] = numbers[from + (order[i] as number)] as number;
          places[to + i] = order[i] as number;
        }
      }
    }
  };
};

function areFinite(x: Float32Array, from: number, size: number): boolean {
  let difference = 0;
  for (let i = from; i < from + size; i++) difference += (x[i] as number) - (x[i] as number);
  return difference === 0;
}

/** Each number goes before the first that is less. */
function insert(
  x: Float32Array,
  from: number,
  size: number,
  top: Float32Array,
  places: Float32Array,
  to: number,
  k: number,
): void {
  for (let i = 0; i < size; i++) {
    const own = x[from + i] as number;
    let at = to + Math.min(i, k);
    for (; at > to && (top[at - 1] as number) < own; at--) {
      if (at === to + k) continue;
      top[at] = top[at - 1] as number;
      places[at] = places[at - 1] as number;
    }
    if (at === to + k) continue;
    top[at] = own;
    places[at] = i;
  }
}

interface Entry {
  readonly value: number;
  readonly index: number;
}

/** NaN where an infinity stands twice, or there is NaN: then the order is what the steps of tfjs make of it. */
function compare(a: Entry, b: Entry): number {
  const difference = b.value - a.value;
  return difference === 0 ? a.index - b.index : difference;
}

function asTfjs(
  x: Float32Array,
  from: number,
  size: number,
  top: Float32Array,
  places: Float32Array,
  to: number,
  k: number,
  isSorted: boolean,
): void {
  let entries = Array.from({ length: size }, (_, index): Entry => ({ value: x[from + index] as number, index }));
  if (k < size) {
    select(entries, k, 0, size - 1);
    entries = entries.slice(0, k);
  }
  if (isSorted) entries.sort(compare);
  for (let i = 0; i < k; i++) {
    const { value, index } = entries[i] as Entry;
    top[to + i] = value;
    places[to + i] = index;
  }
}

function swap(entries: Entry[], i: number, j: number): void {
  [entries[i], entries[j]] = [entries[j] as Entry, entries[i] as Entry];
}

/** Moves the first k of an order to the front: Floyd and Rivest (1975), doi:10.1145/360680.360694, as tfjs has it. */
function select(entries: Entry[], k: number, left: number, right: number): void {
  while (right > left) {
    if (right - left > 600) {
      const n = right - left + 1;
      const i = k - left + 1;
      const z = Math.log(n);
      const s = 0.5 * Math.exp((2 * z) / 3);
      const sd = 0.5 * Math.sqrt((z * s * (n - s)) / n) * Math.sign(i - n / 2);
      const newLeft = Math.max(left, Math.floor(k - (i * s) / n + sd));
      const newRight = Math.min(right, Math.floor(k + ((n - i) * s) / n + sd));
      select(entries, k, newLeft, newRight);
    }
    const t = entries[k] as Entry;
    let i = left;
    let j = right;
    swap(entries, left, k);
    if (compare(entries[right] as Entry, t) > 0) swap(entries, left, right);
    while (i < j) {
      swap(entries, i, j);
      i++;
      j--;
      while (compare(entries[i] as Entry, t) < 0) i++;
      while (compare(entries[j] as Entry, t) > 0) j--;
    }
    if (compare(entries[left] as Entry, t) === 0) swap(entries, left, j);
    else {
      j++;
      swap(entries, j, right);
    }
    if (j <= k) left = j + 1;
    if (k <= j) right = j - 1;
  }
}

export const tops: Readonly<Record<string, Prepare>> = { TopK: topK };
