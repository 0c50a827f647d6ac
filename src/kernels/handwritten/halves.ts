/* Images [B, H, W, C], and halves and halves of halves of them, in rows and columns. */

/** The height and width of an image at each scale. */
export function sizesOf([, height = 0, width = 0]: readonly number[], scales: number): (readonly [number, number])[] {
  return Array.from({ length: scales }, (_, s) => [Math.ceil(height / 2 ** s), Math.ceil(width / 2 ** s)]);
}

/** How many numbers an image has at all scales together. */
export const countOf = (shape: readonly number[], scales: number): number =>
  sizesOf(shape, scales).reduce((all, [height, width]) => all + height * width * (shape[3] as number), 0);

type Reals = Float32Array | Float64Array;

/** Derivatives for an image of half the size. */
export interface Coarser {
  readonly values: Reals;
  readonly width: number;
}

/** The derivatives for an image: slopes times a factor for each channel, and what comes from an image of half the size. */
export function gather(
  to: Reals,
  slopes: Float32Array,
  factors: Float64Array,
  [height, width]: readonly [number, number],
  coarser: Coarser | null,
): void {
  const channels = factors.length;
  // Of an odd number of lines the last one is repeated.
  const shareOf = (place: number, size: number): number => (size % 2 === 1 && place === size - 1 ? 1 : 0.5);
  for (let i = 0, k = 0; i < height; i++) {
    for (let j = 0; j < width; j++) {
      const share = coarser ? shareOf(i, height) * shareOf(j, width) : 0;
      const from = coarser ? ((i >> 1) * coarser.width + (j >> 1)) * channels : 0;
      for (let c = 0; c < channels; c++, k++) {
        const ofCoarser = coarser ? share * (coarser.values[from + c] as number) : 0;
        to[k] = (factors[c] as number) * (slopes[k] as number) + ofCoarser;
      }
    }
  }
}

/** An image of half the size: the means of two by two pixels. A last row or column without a partner is its own. */
export function halved(x: Float64Array, [height, width]: readonly [number, number], channels: number): Float64Array {
  const [rows, columns] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  const made = new Float64Array(rows * columns * channels);
  for (let i = 0, k = 0; i < rows; i++) {
    const upper = 2 * i * width * channels;
    const below = (Math.min(2 * i + 1, height - 1) - 2 * i) * width * channels;
    for (let j = 0; j < columns; j++) {
      const left = upper + 2 * j * channels;
      const beside = (Math.min(2 * j + 1, width - 1) - 2 * j) * channels;
      for (let a = left; a < left + channels; a++, k++) {
        const b = a + below;
        const second = (x[a + beside] as number) + (x[b + beside] as number);
        made[k] = 0.25 * ((x[a] as number) + (x[b] as number) + second);
      }
    }
  }
  return made;
}
