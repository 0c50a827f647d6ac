import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compute } from '../support/law.js';

const gradient = (f: (x: tf.Tensor) => tf.Tensor, at: tf.Tensor): number[] =>
  compute(() => tf.grad((x) => tf.sum(f(x)))(at));

describe('no gradient vanishes where a prediction is worst', () => {
  test('cross-entropy of a probability of 0', () => {
    const [wrong] = gradient((p) => L.categoricalCrossentropy([[1, 0]], p), tf.tensor2d([[0, 1]]));
    expect(wrong).toBeCloseTo(-1e7, -2);
    expect(
      gradient((p) => tf.metrics.categoricalCrossentropy(tf.tensor2d([[1, 0]]), p), tf.tensor2d([[0, 1]]))[0],
    ).toBe(0);
  });

  test('binary cross-entropy of a probability of 0, and of 1', () => {
    const [low, high] = gradient((p) => L.binaryCrossentropy([1, 0], p), tf.tensor1d([0, 1])) as [number, number];
    expect(low).toBeCloseTo(-1e7, -2);
    expect(high).toBeCloseTo(1e7, -2);
  });

  test('a gap of 60 between logits', () => {
    expect(
      gradient((x) => L.categoricalCrossentropy([[0, 1]], x, { fromLogits: true }), tf.tensor2d([[60, 0]])),
    ).toEqual([1, -1]);
  });
});

describe('a class ruled out by a logit of -Infinity', () => {
  const logits = [[-Infinity, 1, 2]];

  test('takes no part where its label is 0', () => {
    const [dense] = compute(() => L.categoricalCrossentropy([[0, 1, 0]], logits, { fromLogits: true }));
    const [without] = compute(() => L.categoricalCrossentropy([[1, 0]], [[1, 2]], { fromLogits: true }));
    expect(dense).toBeCloseTo(without as number, 6);
    expect(gradient((x) => L.sparseCategoricalCrossentropy([1], x, { fromLogits: true }), tf.tensor2d(logits))[0]).toBe(
      0,
    );
    expect(
      gradient((x) => L.categoricalCrossentropy([[0, 1, 0]], x, { fromLogits: true }), tf.tensor2d(logits))[0],
    ).toBe(0);
  });

  test('costs infinitely much where it is the label', () => {
    expect(compute(() => L.sparseCategoricalCrossentropy([0], logits, { fromLogits: true }))).toEqual([Infinity]);
  });

  test('a certain binary answer, right and wrong', () => {
    expect(
      compute(() => L.binaryCrossentropy([0, 1, 0], [-Infinity, Infinity, Infinity], { fromLogits: true })),
    ).toEqual([0, 0, Infinity]);
  });
});

describe('class indices that name no class', () => {
  test('are an error that says where', () => {
    const labels = tf.tensor2d(
      [
        [0, 1],
        [2, 3],
      ],
      [2, 2],
      'int32',
    );
    expect(() => L.sparseCategoricalCrossentropy(labels, tf.zeros([2, 2, 3]))).toThrow(
      'sparseCategoricalCrossentropy: labels[1,1] is 3; expected an integer class index from 0 to 2',
    );
  });

  test('give NaN where nobody looks, and no gradient', () => {
    const call = (x: tf.Tensor): tf.Tensor =>
      L.sparseCategoricalCrossentropy([0, 7, -1], x, { fromLogits: true, validate: false });
    const [fine, tooLarge, negative] = compute(() => call(tf.zeros([3, 2])));
    expect(fine).toBeCloseTo(Math.LN2, 6);
    expect([tooLarge, negative]).toEqual([NaN, NaN]);
  });

  test('may be ignored', () => {
    const options = { ignoreIndex: -1, fromLogits: true, reduction: 'mean' } as const;
    expect(compute(() => L.sparseCategoricalCrossentropy([0, -1], tf.zeros([2, 2]), options))[0]).toBeCloseTo(
      Math.LN2,
      6,
    );
    expect(compute(() => L.sparseCategoricalCrossentropy([-1, -1], tf.zeros([2, 2]), options))).toEqual([0]);
  });
});

test('an axis of 1 may be there or not', () => {
  expect(
    compute(() =>
      L.sparseCategoricalCrossentropy(
        [[0], [1]],
        [
          [1, 0],
          [1, 0],
        ],
      ),
    ),
  ).toHaveLength(2);
  expect(compute(() => L.huber([1, 2], [[1], [3]]))).toEqual([0, 0.5]);
  expect(compute(() => L.huber([[1], [2]], [1, 3]))).toEqual([0, 0.5]);
});

test('a class axis of two axes takes flat labels', () => {
  const logits = tf.tensor3d([
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ]);
  const flat = compute(() => L.sparseCategoricalCrossentropy([5], tf.reshape(logits, [1, 6]), { fromLogits: true }));
  expect(compute(() => L.sparseCategoricalCrossentropy([5], logits, { fromLogits: true, axis: [1, 2] }))).toEqual(flat);
});

test('weights of zero hide missing labels, and count', () => {
  const mean = compute(() => L.meanSquaredError([1, NaN], [3, 5], { weights: [1, 0], reduction: 'mean' }));
  expect(mean).toEqual([2]);
});
