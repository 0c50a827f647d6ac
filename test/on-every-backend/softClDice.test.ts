import * as tf from '@tensorflow/tfjs';
import { softClDice } from '../../src/index.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';

/** A tube of three rows, and its middle row. */
const tube = tf.tensor4d(
  Array.from({ length: 49 }, (_, i) => Number(i >= 14 && i < 35)),
  [1, 7, 7, 1],
);
const middle = tf.tensor4d(
  Array.from({ length: 49 }, (_, i) => Number(i >= 21 && i < 28)),
  [1, 7, 7, 1],
);

test('how wide a tube is does not count', () => {
  assertClose(
    compute(() => softClDice(tube, tube, { smooth: 0 })),
    [0],
    0,
    'the loss',
  );
  assertClose(
    compute(() => softClDice(tube, middle, { smooth: 0 })),
    [0],
    0,
    'the loss',
  );
});

test('a gap does', () => {
  const torn = tf.mul(tube, tf.tensor4d([1, 1, 1, 0, 1, 1, 1], [1, 1, 7, 1]));
  expect(compute(() => softClDice(tube, torn, { smooth: 0 }))[0]).toBeGreaterThan(0.05);
});

test('masks that are nowhere together, and empty ones', () => {
  const above = tf.tensor4d([1, 1, 0, 0], [1, 4, 1, 1]);
  assertClose(
    compute(() => softClDice(above, tf.sub(1, above), { smooth: 0 })),
    [1],
    0,
    'the loss',
  );
  assertClose(
    compute(() => softClDice(tf.zerosLike(above), tf.zerosLike(above))),
    [0],
    0,
    'the loss',
  );
  for (const slope of compute(() => tf.grad((p) => tf.sum(softClDice(above, p, { smooth: 0 })))(tf.zerosLike(above)))) {
    expect(Number.isFinite(slope)).toBe(true);
  }
});

test('a depth of one is none', () => {
  const flat = (seed: string): tf.Tensor4D => tf.tensor4d(numbers(seed, 60), [1, 6, 5, 2]);
  const [y, x] = [flat('y'), flat('x')];
  const slope = (loss: (p: tf.Tensor) => tf.Tensor): number[] => compute(() => tf.grad((p) => tf.sum(loss(p)))(x));
  const deep = (p: tf.Tensor): tf.Tensor => tf.expandDims(p, 1);
  assertClose(
    slope((p) => softClDice(deep(y), deep(p))),
    slope((p) => softClDice(y, p)),
    1e-6,
    'the gradient',
  );
});
