import { shapeOf } from './axes.js';
import type { Prepare } from './step.js';
import { broadcastStrides } from './views.js';

/* Products of matrices. */

/** Places in a matrix: the first, and the distances from one row to the next, and from one column to the next. */
interface Steps {
  readonly row: number;
  readonly column: number;
}

/** Four columns of the result at a time are added up in double precision. */
function multiply(
  a: Float32Array,
  firstOfA: number,
  ofA: Steps,
  b: Float32Array,
  firstOfB: number,
  ofB: Steps,
  y: Float32Array,
  firstOfY: number,
  { rows, inner, columns }: Sizes,
): void {
  const { row: nextRow, column: nextOfA } = ofA;
  const { row: nextOfB, column: next } = ofB;
  let column = 0;
  for (; column + 3 < columns; column += 4) {
    for (let row = 0; row < rows; row++) {
      let [s, t, u, v] = [0, 0, 0, 0];
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
}

interface Sizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

const stepsOf = (width: number, isTransposed: boolean): Steps =>
  isTransposed ? { row: 1, column: width } : { row: width, column: 1 };

const batchMatMul: Prepare = (inputs, { transposeA, transposeB }, outputs) => {
  const [shapeOfA, shapeOfB, made] = [shapeOf(inputs), shapeOf(inputs, 1), shapeOf(outputs)];
  const [rows, columns] = made.slice(-2) as [number, number];
  const inner = shapeOfA.at(transposeA === true ? -2 : -1) as number;
  const [ofA, ofB] = [
    stepsOf(shapeOfA.at(-1) as number, transposeA === true),
    stepsOf(shapeOfB.at(-1) as number, transposeB === true),
  ];
  const sizes = { rows, inner, columns };
  const batches = made.slice(0, -2);
  const [firstsOfA, firstsOfB] = [
    firsts(shapeOfA.slice(0, -2), batches, rows * inner),
    firsts(shapeOfB.slice(0, -2), batches, inner * columns),
  ];
  return ([a, b], [y]) => {
    for (let i = 0; i < firstsOfA.length; i++) {
      const [firstOfA, firstOfB] = [firstsOfA[i] as number, firstsOfB[i] as number];
      const firstOfY = i * rows * columns;
      multiply(a as Float32Array, firstOfA, ofA, b as Float32Array, firstOfB, ofB, y as Float32Array, firstOfY, sizes);
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
