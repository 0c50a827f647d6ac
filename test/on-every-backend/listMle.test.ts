import * as tf from '@tensorflow/tfjs';
import { listMle } from '../../src/index.js';
import { kernels } from '../../src/call/kernelSlots.js';
import { numbers } from '../support/draw.js';
import { assertClose, byFormula, compute } from '../support/law.js';
import { precision } from '../support/precision.js';

/* Lists that are long enough to be drawn item by item, where shorter ones are compared pair by pair. */

const [lists, length] = [4, 40];

const scoresWithin = (most: number): number[][] =>
  Array.from({ length: lists }, (_, i) => numbers(`scores ${i}`, length, [-most, most]));

/** Many equal ones, and some that are padding. */
const labels = Array.from({ length: lists }, (_, i) =>
  numbers(`labels ${i}`, length, [-1, 4]).map((label) => Math.floor(label)),
);

/** The losses, and the derivative of their sum. */
function outcome(scores: readonly (readonly number[])[], options: object): number[][] {
  const losses = (x: tf.Tensor): tf.Tensor => listMle(labels, x, { ...options, reduction: 'none' });
  const x = scores as number[][];
  return [
    compute(() => losses(tf.tensor2d(x))),
    compute(() => tf.grad((given: tf.Tensor) => tf.sum(losses(given)))(tf.tensor2d(x))),
  ];
}

function holds(scores: readonly (readonly number[])[], options: object = {}): void {
  const expected = byFormula(() => outcome(scores, options));
  const found = outcome(scores, options);
  expected.forEach((all, i) => assertClose(found[i] ?? [], all, precision(), i === 0 ? 'the value' : 'the derivative'));
}

const mask = tf.tidy(() => tf.greater(tf.tensor2d(scoresWithin(1)), -0.5).arraySync() as unknown as boolean[][]);

test.each([1, 30, 1e30])('lists with scores of up to %d', (most) => {
  holds(scoresWithin(most));
  holds(scoresWithin(most), { mask, temperature: 0.5 });
});

test('a list without items, and scores that are no numbers', () => {
  holds(scoresWithin(1), { mask: mask.map((row, i) => row.map((isKept) => i > 0 && isKept)) });
  for (const strange of [NaN, Infinity, -Infinity, 3e38]) {
    holds(scoresWithin(1).map((row, i) => (i === 1 ? [...row.slice(1), strange] : row)));
  }
});

test('the surprise of the first of two items whose scores are far apart has all its digits', () => {
  const far = [Array.from({ length: 24 }, (_, i) => (i === 0 ? 20 : 0))];
  const order = [Array.from({ length: 24 }, (_, i) => (i < 2 ? 2 - i : -1))];
  const [loss] = compute(() => listMle(order, far, { reduction: 'none' }));
  expect((loss as number) / Math.log1p(Math.exp(-20))).toBeCloseTo(1, 5);
});

test('a kernel that draws the last items first is noticed', () => {
  const { drawn } = kernels;
  kernels.drawn = (given, formula) => drawn?.({ ...given, labels: tf.neg(given.labels) }, formula) ?? null;
  try {
    expect(() => holds(scoresWithin(1))).toThrow('the value');
  } finally {
    if (drawn) kernels.drawn = drawn;
  }
});
