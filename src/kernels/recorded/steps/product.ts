import { isAvailable } from '../../backends/wasm/instance.js';
import { multiply } from '../../handwritten/tables.js';
import { shapeOf, sizeOf } from './axes.js';
import type { Prepare } from './step.js';
import { broadcastStrides } from './views.js';

/* Products of matrices. */

/** From so many terms on, products in WebAssembly are faster, though they are copied to its memory. */
const WORTHWHILE = 2 ** 12;

/** Multiplies two matrices, of which these are the places of the first numbers. */
type Product = (
  a: Float32Array,
  firstOfA: number,
  b: Float32Array,
  firstOfB: number,
  y: Float32Array,
  firstOfY: number,
) => void;

const part = (values: Float32Array, first: number, size: number): Float32Array =>
  values.length === size ? values : values.subarray(first, first + size);

function inMemory(
  shapeOfA: readonly number[],
  shapeOfB: readonly number[],
  transposed: Parameters<typeof multiply>[1],
): Product {
  const [sizeOfA, sizeOfB] = [sizeOf(shapeOfA), sizeOf(shapeOfB)];
  const size = (shapeOfA[transposed.transposeA ? 1 : 0] ?? 0) * (shapeOfB[transposed.transposeB ? 0 : 1] ?? 0);
  return (a, firstOfA, b, firstOfB, y, firstOfY) => {
    const left = { shape: shapeOfA, dtype: 'float32' as const, values: part(a, firstOfA, sizeOfA) };
    const right = { shape: shapeOfB, dtype: 'float32' as const, values: part(b, firstOfB, sizeOfB) };
    multiply([left, right], transposed, [part(y, firstOfY, size)]);
  };
}

/** Places in a matrix: the first, and the distances from one row to the next, and from one column to the next. */
interface Steps {
  readonly row: number;
  readonly column: number;
}

/** Four columns of the result at a time are added up in double precision. */
const plain =
  (ofA: Steps, ofB: Steps, { rows, inner, columns }: Sizes): Product =>
  (a, firstOfA, b, firstOfB, y, firstOfY) => {
    const { row: nextRow, column: nextOfA } = ofA;
    const { row: nextOfB, column: next } = ofB;
    let column = 0;
    for (; column + 3 < columns; column += 4) {
      for (let row = 0; row < rows; row++) {
        let s = 0;
        let t = 0;
        let u = 0;
        let v = 0;
        let i = firstOfA + row * nextRow;
        let j = firstOfB + column * next;
        for (let n = 0; n < inner; n++) {
          const factor = a[i] as number;
          s += factor * (b[j] as number);
          t += factor * (b[j + next] as number);
          u += factor * (b[j + 2 * next] as number);
          v += factor * (b[j + 3 * next] as number);
          i += nextOfA;
          j += nextOfB;
        }
        const at = firstOfY + row * columns + column;
        y[at] = s;
        y[at + 1] = t;
        y[at + 2] = u;
        y[at + 3] = v;
      }
    }
    for (; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        let sum = 0;
        let i = firstOfA + row * nextRow;
        let j = firstOfB + column * next;
        for (let n = 0; n < inner; n++) {
          sum += (a[i] as number) * (b[j] as number);
          i += nextOfA;
          j += nextOfB;
        }
        y[firstOfY + row * columns + column] = sum;
      }
    }
  };

interface Sizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

const stepsOf = (width: number, isTransposed: boolean): Steps =>
  isTransposed ? { row: 1, column: width } : { row: width, column: 1 };

const batchMatMul: Prepare = (inputs, attrs, outputs) => {
  const [shapeOfA, shapeOfB, made] = [shapeOf(inputs), shapeOf(inputs, 1), shapeOf(outputs)];
  const [transposeA, transposeB] = [attrs['transposeA'] === true, attrs['transposeB'] === true];
  const [rows, columns] = made.slice(-2) as [number, number];
  const inner = shapeOfA.at(transposeA ? -2 : -1) as number;
  const product =
    rows * inner * columns >= WORTHWHILE && isAvailable()
      ? inMemory(shapeOfA.slice(-2), shapeOfB.slice(-2), { transposeA, transposeB })
      : plain(stepsOf(shapeOfA.at(-1) as number, transposeA), stepsOf(shapeOfB.at(-1) as number, transposeB), {
          rows,
          inner,
          columns,
        });
  const batches = made.slice(0, -2);
  const [firstsOfA, firstsOfB] = [
    firsts(shapeOfA.slice(0, -2), batches, rows * inner),
    firsts(shapeOfB.slice(0, -2), batches, inner * columns),
  ];
  return ([a, b], [y]) => {
    for (let i = 0; i < firstsOfA.length; i++) {
      const [firstOfA, firstOfB] = [firstsOfA[i] as number, firstsOfB[i] as number];
      product(a as Float32Array, firstOfA, b as Float32Array, firstOfB, y as Float32Array, i * rows * columns);
    }
  };
};

/** Where the matrix of each batch of the result begins in an input. */
function firsts(own: readonly number[], batches: readonly number[], size: number): Int32Array {
  const strides = broadcastStrides(own, batches);
  const places = batches.reduce<readonly number[]>(
    (found, count, axis) =>
      found.flatMap((place) => Array.from({ length: count }, (_, i) => place + i * (strides[axis] as number) * size)),
    [0],
  );
  return Int32Array.from(places);
}

export const products: Readonly<Record<string, Prepare>> = { BatchMatMul: batchMatMul };
