import { type DataSet, pick, randomOf, shuffled } from './dataSet.js';

/** Images are so wide and high, of grey from 0 to 15. */
export const SIDE = 14;

const PIXELS = SIDE * SIDE;

/** Bytes of an image: its digit, then two pixels a byte. */
const BYTES = 1 + PIXELS / 2;

const TEST = 400;

/** An image of 28 × 28 numbers from 0 to 1 as bytes of the file: means of 2 × 2 pixels, in 16 shades. */
export function packed(digit: number, image: readonly number[]): number[] {
  const shade = (i: number): number => {
    const [row, column] = [2 * Math.floor(i / SIDE), 2 * (i % SIDE)];
    const sum = [0, 1].flatMap((r) => [0, 1].map((c) => image[(row + r) * 2 * SIDE + column + c] ?? 0));
    return Math.round((15 / 4) * sum.reduce((a, b) => a + b));
  };
  return [digit, ...Array.from({ length: PIXELS / 2 }, (_, i) => 16 * shade(2 * i) + shade(2 * i + 1))];
}

/** Handwritten digits of MNIST, 14 × 14 pixels, out of the file that is made when the site is built. */
export function digits(seed: number, file: Uint8Array): DataSet {
  const count = file.length / BYTES;
  const inputs = new Float32Array(count * PIXELS);
  for (let i = 0; i < inputs.length; i++) {
    const byte = file[Math.floor(i / PIXELS) * BYTES + 1 + ((i % PIXELS) >> 1)] ?? 0;
    inputs[i] = (i % 2 === 0 ? byte >> 4 : byte & 15) / 15;
  }
  const all = { count, inputs, labels: Uint8Array.from({ length: count }, (_, i) => file[i * BYTES] ?? 0) };
  const order = shuffled(count, randomOf(`digits ${seed}`));
  return {
    name: 'digits',
    tasks: ['multiclass classification', 'multilabel classification', 'distributions', 'regression'],
    classes: 10,
    features: PIXELS,
    places: [],
    hidden: [64],
    training: pick(all, order.slice(TEST)),
    test: pick(all, order.slice(0, TEST)),
  };
}
