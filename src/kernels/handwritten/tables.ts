import { getBackend, matMul as tfMatMul, type Tensor, type TensorInfo, transpose } from '@tensorflow/tfjs-core';
import { matMul } from '../../numerics/matMul.js';
import { sumsAlong } from '../backends/wasm/tiles.js';
import { isAvailable } from '../backends/wasm/instance.js';
import { Layout, Matrices } from '../backends/wasm/matrices.js';
import { differentiable } from '../tfjs/differentiable.js';
import { found, matrixOf, weighedDifferences } from './pulls.js';
import {
  areHostKernelsOn,
  areShortcutsOn,
  hostKernel,
  hostKernelInto,
  type HostKernel,
  type Numbers,
} from './hostKernel.js';

/*
 * Tables of an entry for each row of one matrix and each row of another. tfjs's own on cpu multiply one pair of numbers after
 * the other; on wasm they are slow where a matrix is transposed or repeated.
 */

/** Tables of fewer terms than this are as fast by tfjs. */
const WORTHWHILE = 2 ** 13;

const areMatrices = (...tensors: readonly Tensor[]): boolean =>
  tensors.every(({ rank, dtype }) => rank === 2 && dtype === 'float32');

/** Whether a kernel makes a table of so many terms. */
const isFor = (terms: number): boolean => areHostKernelsOn() && terms >= WORTHWHILE && isAvailable();

/** Which of two matrices are transposed. */
interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The product of two matrices; null where that of the backend is as fast, as TensorFlow's is. */
export function fusedProduct(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor | null {
  const isSlow = areShortcutsOn() && getBackend() !== 'tensorflow';
  if (!isSlow || !areMatrices(a, b) || !isFor(a.size * (b.shape[transposeB ? 0 : 1] ?? 0))) return null;
  return differentiable([a, b], (save) => {
    save([a, b]);
    return {
      result: product(a, b, { transposeA, transposeB }),
      gradient: (input, dy, saved) => {
        const [x, y] = saved as [Tensor, Tensor];
        if (input === 0) return transposeA ? matMul(y, dy, transposeB, true) : matMul(dy, y, false, !transposeB);
        return transposeB ? matMul(dy, x, true, transposeA) : matMul(x, dy, !transposeA, false);
      },
    };
  });
}

/** Fewer numbers than this in a row or a column are multiplied as fast by tfjs on wasm as they are copied. */
const NARROW = 32;

function product(a: Tensor, b: Tensor, { transposeA, transposeB }: Transposed): Tensor {
  const isNarrow = [...a.shape, ...b.shape].some((size) => size < NARROW);
  if (getBackend() !== 'wasm' || !isNarrow) return multiplied([a, b], { transposeA, transposeB })[0] as Tensor;
  return tfMatMul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b);
}

/** So much of the matrices is in the memory at a time, and in the processor's cache. */
const [HEIGHT, DEPTH, WIDTH] = [128, 256, 256];

const shapesOfProduct = ([a, b]: readonly TensorInfo[], { transposeA, transposeB }: Transposed): number[][] => [
  [a?.shape[transposeA ? 1 : 0] ?? 0, b?.shape[transposeB ? 0 : 1] ?? 0],
];

/** The product of two matrices in the memory for copies, a block at a time. */
export function multiply(
  given: readonly Numbers[],
  { transposeA, transposeB }: Transposed,
  results: readonly Float32Array[],
): void {
  const [a, b] = given as [Numbers, Numbers];
  const [values] = results as [Float32Array];
  const [betweenA, betweenB] = [a.shape[1] as number, b.shape[1] as number];
  const [rows, inner] = (transposeA ? [betweenA, a.shape[0]] : [a.shape[0], betweenA]) as [number, number];
  const columns = values.length / rows;
  const [height, depth, width] = [Math.min(HEIGHT, rows), Math.min(DEPTH, inner), Math.min(WIDTH, columns)];

  const layout = new Layout();
  const left = transposeA ? layout.readByColumns(depth, height) : layout.matrix(height, depth);
  const right = layout.readByColumns(depth, width);
  const turned = layout.matrix(width, depth);
  const result = layout.matrix(height, width);
  const matrices = Matrices.of(layout.bytes);
  if (!matrices) throw new Error('no memory is left for a product of matrices');

  const readRight = (k: number, deep: number, column: number, wide: number): void => {
    if (!transposeB) {
      const from = k * betweenB + column;
      matrices.read({ values: b.values, from, between: betweenB, rows: deep, columns: wide }, right);
      return;
    }
    const from = column * betweenB + k;
    matrices.read({ values: b.values, from, between: betweenB, rows: wide, columns: deep }, turned);
    matrices.transpose(turned, right, wide, deep);
  };
  const readLeft = (row: number, high: number, k: number, deep: number): void => {
    const [from, size] = transposeA
      ? [k * betweenA + row, { rows: deep, columns: high }]
      : [row * betweenA + k, { rows: high, columns: deep }];
    matrices.read({ values: a.values, from, between: betweenA, ...size }, left);
  };

  for (let row = 0; row < rows; row += height) {
    const high = Math.min(height, rows - row);
    for (let column = 0; column < columns; column += width) {
      const wide = Math.min(width, columns - column);
      matrices.clear(result, high);
      for (let k = 0; k < inner; k += depth) {
        const deep = Math.min(depth, inner - k);
        readLeft(row, high, k, deep);
        readRight(k, deep, column, wide);
        matrices.multiply({ ...left, isTransposed: transposeA }, right, result, {
          rows: high,
          inner: deep,
          columns: wide,
        });
      }
      const from = row * columns + column;
      matrices.write(result, { values, from, between: columns, rows: high, columns: wide });
    }
  }
}

const multiplied: HostKernel<Transposed> = /* @__PURE__ */ hostKernelInto(
  'ProductOfMatrices',
  shapesOfProduct,
  multiply,
);

/** ‖a_i − b_j‖² of the rows of two matrices, without derivative; null where tf ops are as fast. */
export const fusedDistances = (a: Tensor, b: Tensor): Tensor | null =>
  areMatrices(a, b) && isFor(a.size * b.shape[0]) ? (distances(a === b ? [a] : [a, b], {})[0] as Tensor) : null;

/** Of the rows of two matrices, or of one and itself. */
const distances: HostKernel<object> = /* @__PURE__ */ hostKernel('SquaredDistances', ([a, b]) => {
  const own = matrixOf(a as Numbers);
  const others = b ? matrixOf(b) : own;
  const values = found(sumsAlong('squaredDistance', own, others, null));
  return [{ shape: [own.rows, others.rows], values }];
});

/** Σ_j w_ij·(a_i − b_j) of the rows of a and b, without derivative; null where tf ops are as fast. */
export const fusedPull = (weights: Tensor, a: Tensor, b: Tensor): Tensor | null =>
  areMatrices(weights, a, b) && isFor(a.size * b.shape[0]) ? (pulled([weights, a, b], {})[0] as Tensor) : null;

const pulled: HostKernel<object> = /* @__PURE__ */ hostKernel('WeighedDifferences', ([weights, a, b]) => [
  weighedDifferences(weights as Numbers, a as Numbers, b as Numbers),
]);
