import * as tf from '@tensorflow/tfjs';
import { softDtw } from '../../src/index.js';
import { compute } from '../support/law.js';
import { precision } from '../support/precision.js';

const y = [[[0], [1], [3]]];
const x = [[[0], [2], [2], [4]]];

/** The least cost of all alignments, by the table of Bellman. */
function leastCost(a: readonly number[], b: readonly number[]): number {
  const table = a.map(() => b.map(() => 0));
  const at = (i: number, j: number): number => table[i]?.[j] ?? Infinity;
  a.forEach((v, i) =>
    b.forEach((w, j) => {
      const before = i + j === 0 ? 0 : Math.min(at(i - 1, j), at(i, j - 1), at(i - 1, j - 1));
      (table[i] as number[])[j] = before + (v - w) ** 2;
    }),
  );
  return at(a.length - 1, b.length - 1);
}

test('with a small gamma it is the cost of the best alignment', () => {
  const [value] = compute(() => softDtw(y, x, { gamma: 1e-4 }));
  expect(value).toBeCloseTo(leastCost([0, 1, 3], [0, 2, 2, 4]), 3);
});

test('it is the same for sequences the other way round', () => {
  const [one, other] = [compute(() => softDtw(y, x))[0] as number, compute(() => softDtw(x, y))[0] as number];
  expect(Math.abs(one - other)).toBeLessThan(8 * precision() * Math.abs(one));
});

test('one alignment is its cost', () => {
  const two = compute(() => softDtw([[[1], [2]]], [[[4]]]));
  expect(two).toEqual([13]);
  expect(compute(() => softDtw([[[4]]], [[[1], [2]]]))).toEqual([13]);
  expect(compute(() => softDtw([[[4]]], [[[1]]]))).toEqual([9]);
});

test('sequences too far from each other are Infinity, with gradient 0, and disturb no others', () => {
  const labels = tf.tensor3d([1e30, 0, 1, 2], [2, 2, 1]);
  const predictions = tf.tensor3d([-1e30, 5, 1, 3], [2, 2, 1]);
  const [far, near] = compute(() => softDtw(labels, predictions));
  expect(far).toBe(Infinity);
  expect(near).toBeCloseTo(compute(() => softDtw([[[1], [2]]], [[[1], [3]]]))[0] as number, 5);
  const gradient = compute(() => tf.grad((at: tf.Tensor) => tf.sum(softDtw(labels, at)))(predictions));
  expect(gradient.slice(0, 2)).toEqual([0, 0]);
  for (const slope of gradient.slice(2)) expect(Number.isFinite(slope) && slope !== 0).toBe(true);
});
