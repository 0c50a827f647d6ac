import { getBackend, type Tensor, transpose } from '@tensorflow/tfjs-core';
import { matMul } from '../../numerics/matMul.js';
import { type Matrix, product } from '../backends/wasm/product.js';
import { differentiable } from '../tfjs/differentiable.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

/** Products of fewer multiplications than this are as fast by tfjs. */
const WORTHWHILE = 2 ** 13;

/** Which of two matrices are transposed. */
interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/**
 * The product of two matrices: tfjs's own on cpu multiplies one pair of numbers after the other, on wasm it is slow where a
 * matrix is transposed. Null where tfjs's own is as fast.
 */
export function fusedProduct(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor | null {
  const areMatrices = a.rank === 2 && b.rank === 2;
  const isLarge = a.size * (b.shape[transposeB ? 0 : 1] ?? 0) >= WORTHWHILE;
  if (!areHostKernelsOn() || !areMatrices || !isLarge || a.dtype !== 'float32' || b.dtype !== 'float32') return null;
  if (getBackend() === 'wasm') {
    if (!transposeA && !transposeB) return null;
    return matMul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b);
  }
  if (getBackend() !== 'cpu') return null;
  return differentiable([a, b], (save) => {
    save([a, b]);
    return {
      result: multiplied([a, b], { transposeA, transposeB })[0] as Tensor,
      gradient: (input, dy, saved) => {
        const [x, y] = saved as [Tensor, Tensor];
        if (input === 0) return transposeA ? matMul(y, dy, transposeB, true) : matMul(dy, y, false, !transposeB);
        return transposeB ? matMul(dy, x, true, transposeA) : matMul(x, dy, !transposeA, false);
      },
    };
  });
}

const multiplied: HostKernel<Transposed> = /* @__PURE__ */ hostKernel(
  'MatrixProduct',
  ([a, b], { transposeA, transposeB }) => {
    const [left, right] = [matrixOf(a as Numbers, transposeA), matrixOf(b as Numbers, transposeB)];
    return [{ shape: [left.rows, right.columns], values: product(left, right) ?? plainProduct(left, right) }];
  },
);

function matrixOf({ shape: [first = 0, last = 0], values }: Numbers, isTransposed: boolean): Matrix {
  return isTransposed
    ? { values, rows: last, columns: first, betweenRows: 1, betweenColumns: last }
    : { values, rows: first, columns: last, betweenRows: last, betweenColumns: 1 };
}

/** The same without WebAssembly. */
function plainProduct(a: Matrix, b: Matrix): Float32Array {
  return Float32Array.from({ length: a.rows * b.columns }, (_, place) => {
    const [row, column] = [Math.floor(place / b.columns), place % b.columns];
    let sum = 0;
    for (let k = 0; k < a.columns; k++) {
      const left = a.values[row * a.betweenRows + k * a.betweenColumns] as number;
      sum += left * (b.values[k * b.betweenRows + column * b.betweenColumns] as number);
    }
    return sum;
  });
}
