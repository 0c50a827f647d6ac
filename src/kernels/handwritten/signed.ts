import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { isDifferentiated } from '../../numerics/autodiff.js';
import { differentiable, gradientOf } from '../tfjs/differentiable.js';
import { areHostKernelsOn, hostKernelInto, type HostKernel, type NumberArray, type Numbers } from './hostKernel.js';

/*
 * Distances of a few of all pairs of vectors from each other or from their opposites, pair by pair: tables of all of them
 * take longer than the rest of a loss that needs a few.
 */

/**
 * ‖a_i − s·a_j‖² of the rows of a matrix, [B, B], where the sign s [B, B] at either place of a pair is not 0; elsewhere 0. Null
 * where JavaScript does not have the numbers at hand.
 */
export function signedDistances(
  a: Tensor,
  signs: Tensor,
  formula: (a: Tensor, signs: Tensor) => Tensor,
): Tensor | null {
  if (!areHostKernelsOn() || a.size === 0) return null;
  return differentiable([a], (save) => {
    save([a, signs]);
    return {
      result: distances([a, signs], {})[0] as Tensor,
      gradient: (_, dy, [own, given]) =>
        isDifferentiated()
          ? gradientOf(([x]) => formula(x as Tensor, given as Tensor), [own as Tensor], 0, dy)
          : (pull([own as Tensor, given as Tensor, dy], {})[0] as Tensor),
    };
  });
}

/** The places (i, j) and (j, i) of each pair that has a sign. */
function forEachPair(signs: Numbers, visit: (i: number, j: number, sign: number) => void): void {
  const [rows = 0] = signs.shape;
  for (let i = 0; i < rows; i++) {
    for (let j = i; j < rows; j++) {
      // Cosines of a pair may differ by a rounding, and one of them have no sign.
      const sign = (signs.values[i * rows + j] as number) || (signs.values[j * rows + i] as number);
      if (sign !== 0) visit(i, j, sign);
    }
  }
}

const distances: HostKernel<object> = /* @__PURE__ */ hostKernelInto(
  'SignedDistances',
  ([, signs]) => [[...(signs as TensorInfo).shape]],
  ([a, signs], _, [result]) => {
    const { shape, values } = a as Numbers;
    const [rows = 0, size = 0] = shape;
    const made = result as Float32Array;
    made.fill(0);
    forEachPair(signs as Numbers, (i, j, sign) => {
      const found = squaredDistance(values, i * size, j * size, size, sign);
      made[i * rows + j] = found;
      made[j * rows + i] = found;
    });
  },
);

/** In double precision, as four sums, so that none waits for the one before. */
function squaredDistance(values: NumberArray, first: number, second: number, size: number, sign: number): number {
  const square = (k: number): number => ((values[first + k] as number) - sign * (values[second + k] as number)) ** 2;
  let [a, b, c, d] = [0, 0, 0, 0];
  let k = 0;
  for (; k + 3 < size; k += 4) {
    a += square(k);
    b += square(k + 1);
    c += square(k + 2);
    d += square(k + 3);
  }
  for (; k < size; k++) a += square(k);
  return a + b + (c + d);
}

/** The derivative for the vectors of the sum of distances, each times its factor. */
const pull: HostKernel<object> = /* @__PURE__ */ hostKernelInto(
  'SignedDistancesGradient',
  ([a]) => [[...(a as TensorInfo).shape]],
  ([a, signs, dy], _, [result]) => {
    const { shape, values } = a as Numbers;
    const [rows = 0, size = 0] = shape;
    const factors = (dy as Numbers).values;
    const sums = new Float64Array(values.length);
    forEachPair(signs as Numbers, (i, j, sign) => {
      const ofOther = i === j ? 0 : (factors[j * rows + i] as number);
      const factor = 2 * ((factors[i * rows + j] as number) + ofOther);
      if (factor === 0) return;
      const [first, second] = [i * size, j * size];
      for (let k = 0; k < size; k++) {
        const share = factor * ((values[first + k] as number) - sign * (values[second + k] as number));
        sums[first + k] = (sums[first + k] as number) + share;
        sums[second + k] = (sums[second + k] as number) - sign * share;
      }
    });
    (result as Float32Array).set(sums);
  },
);
