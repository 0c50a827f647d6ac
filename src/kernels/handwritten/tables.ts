import { getBackend, matMul as tfMatMul, type Tensor, transpose } from '@tensorflow/tfjs-core';
import { matMul } from '../../numerics/matMul.js';
import { type Matrix, sumsAlong, type TermName } from '../backends/wasm/tiles.js';
import { isAvailable } from '../backends/wasm/instance.js';
import { differentiable } from '../tfjs/differentiable.js';
import { areHostKernelsOn, hostKernel, type HostKernel, type Numbers } from './hostKernel.js';

/*
 * Tables of an entry for each row of one matrix and each row of another. tfjs's own on cpu multiply one pair of numbers after
 * the other; on wasm they are slow where a matrix is transposed or repeated.
 */

/** Tables of fewer terms than this are as fast by tfjs. */
const WORTHWHILE = 2 ** 13;

const areMatrices = (...tensors: readonly Tensor[]): boolean =>
  tensors.every(({ rank, dtype }) => rank === 2 && dtype === 'float32');

/** Whether a kernel makes a table of so many terms; TensorFlow's own is as fast. */
const isFor = (terms: number): boolean =>
  areHostKernelsOn() && getBackend() !== 'tensorflow' && terms >= WORTHWHILE && isAvailable();

/** Which of two matrices are transposed. */
interface Transposed {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The product of two matrices; null where tfjs's own is as fast. */
export function fusedProduct(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor | null {
  if (!areMatrices(a, b) || !isFor(a.size * (b.shape[transposeB ? 0 : 1] ?? 0))) return null;
  return differentiable([a, b], (save) => {
    save([a, b]);
    return {
      result: multiplied(a, b, { transposeA, transposeB }),
      gradient: (input, dy, saved) => {
        const [x, y] = saved as [Tensor, Tensor];
        if (input === 0) return transposeA ? matMul(y, dy, transposeB, true) : matMul(dy, y, false, !transposeB);
        return transposeB ? matMul(dy, x, true, transposeA) : matMul(x, dy, !transposeA, false);
      },
    };
  });
}

const multiplied = (a: Tensor, b: Tensor, { transposeA, transposeB }: Transposed): Tensor =>
  getBackend() === 'wasm'
    ? tfMatMul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b)
    : (summed([a, b], { term: 'product', transposeA, transposeB: !transposeB })[0] as Tensor);

/** ‖a_i − b_j‖² of the rows of two matrices, without derivative; null where tf ops are as fast. */
export const fusedDistances = (a: Tensor, b: Tensor): Tensor | null =>
  areMatrices(a, b) && isFor(a.size * b.shape[0])
    ? (summed([a, b], { term: 'squaredDistance', transposeA: false, transposeB: false })[0] as Tensor)
    : null;

/** Σ_j w_ij·(a_i − b_j) of the rows of a and b, without derivative; null where tf ops are as fast. */
export const fusedPull = (weights: Tensor, a: Tensor, b: Tensor): Tensor | null =>
  areMatrices(weights, a, b) && isFor(a.size * b.shape[0])
    ? (summed([weights, b, a], { term: 'weighedDifference', transposeA: false, transposeB: true })[0] as Tensor)
    : null;

interface Attributes extends Transposed {
  readonly term: TermName;
}

/** The sums of a term along the rows of two matrices, or along the columns of those that are transposed. */
const summed: HostKernel<Attributes> = /* @__PURE__ */ hostKernel('SumsOfTerms', ([a, b, own], attributes) => {
  const left = matrixOf(a as Numbers, attributes.transposeA);
  const right = matrixOf(b as Numbers, attributes.transposeB);
  const values = sumsAlong(attributes.term, left, right, own?.values ?? null);
  if (!values) throw new Error('no memory is left for a table of pairs');
  return [{ shape: [left.rows, right.rows], values }];
});

function matrixOf({ shape: [first = 0, last = 0], values }: Numbers, isTransposed: boolean): Matrix {
  return isTransposed
    ? { values, rows: last, columns: first, betweenRows: 1, betweenColumns: last }
    : { values, rows: first, columns: last, betweenRows: last, betweenColumns: 1 };
}
