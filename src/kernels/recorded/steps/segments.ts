import { shapeOf, sizeOf } from './axes.js';
import { someDoubles } from './scratch.js';
import type { Prepare } from './step.js';

/* Sums of what has the same number. */

/** The slices of x that have each number. tfjs multiplies those of others by 0, so that what is not finite is felt by all. */
const unsortedSegmentSum: Prepare = (inputs, attrs) => {
  const shape = shapeOf(inputs);
  const rows = shape[0] as number;
  const width = sizeOf(shape.slice(1));
  const segments = attrs['numSegments'] as number;
  if (shapeOf(inputs, 1).length !== 1) return null;
  return ([x, ids], [y]) => {
    const [values, own, result] = [x as Float32Array, ids as Float32Array, y as Float32Array];
    const sums = someDoubles(segments * width);
    sums.fill(0, 0, segments * width);
    let nothing = 0;
    for (let row = 0, at = 0; row < rows; row++) {
      const segment = own[row] as number;
      const isIn = segment >= 0 && segment < segments;
      for (let i = 0; i < width; i++, at++) {
        const value = values[at] as number;
        nothing += 0 * value;
        if (isIn) (sums[segment * width + i] as number) += value;
      }
    }
    if (nothing !== 0) addNothing(values, own, sums, width, segments);
    for (let i = 0; i < result.length; i++) result[i] = sums[i] as number;
  };
};

/** Adds what is 0 if it is finite: the products by 0. */
function addNothing(x: Float32Array, ids: Float32Array, sums: Float64Array, width: number, segments: number): void {
  for (let at = 0; at < x.length; at++) {
    if (Number.isFinite(x[at])) continue;
    const segment = ids[Math.floor(at / width)];
    for (let other = 0; other < segments; other++) {
      if (other !== segment) sums[other * width + (at % width)] = NaN;
    }
  }
}

/** How often each number is there, in all or in each row; or the sum of the weights that stand with it. */
const denseBincount: Prepare = (inputs, attrs) => {
  const [shape, isWeighted] = [shapeOf(inputs), sizeOf(shapeOf(inputs, 1)) > 0];
  const { size, binaryOutput } = attrs as unknown as { readonly size: number; readonly binaryOutput?: boolean };
  const isBinary = binaryOutput === true && shape.length === 2;
  const width = shape.at(-1) as number;
  return ([x, weights], [y]) => {
    const [numbers, counts, ofEach] = [x as Float32Array, y as Float32Array, weights as Float32Array];
    counts.fill(0);
    for (let i = 0; i < numbers.length; i++) {
      const number = numbers[i] as number;
      if (number < 0) throw new Error('Input x must be non-negative!');
      if (number >= size) continue;
      const at = Math.floor(i / width) * size + number;
      counts[at] = isBinary ? 1 : (counts[at] as number) + (isWeighted ? (ofEach[i] as number) : 1);
    }
  };
};

export const segmentSums: Readonly<Record<string, Prepare>> = {
  UnsortedSegmentSum: unsortedSegmentSum,
  DenseBincount: denseBincount,
};
