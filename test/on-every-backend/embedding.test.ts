import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { assertClose, compute } from '../support/law.js';

const gradient = (f: (x: tf.Tensor) => tf.Tensor, at: tf.Tensor): number[] =>
  compute(() => tf.grad((x) => tf.sum(f(x)))(at));

const anchor = [[1, 2]];
const positive = [[2, 0]];
const negative = [[1, 1]];

test('a triplet under a distance of the user', () => {
  const distance = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.square(tf.sub(a, b)), -1);
  expect(compute(() => L.tripletMargin(anchor, positive, negative, { distance }))).toEqual([5]);
  expect(compute(() => L.tripletMargin(anchor, positive, [[9, 0]], { distance, margin: 70, swap: true }))).toEqual([
    26,
  ]);
});

test.each([1, 1.5, 2, 3, Infinity])('a distance of 0 under p = %p has no slope', (p) => {
  const same = tf.tensor2d([[1, 2]]);
  const loss = (x: tf.Tensor): tf.Tensor => L.tripletMargin(x, same, same, { p, epsilon: 0 });
  expect(compute(() => loss(same))).toEqual([1]);
  expect(gradient(loss, same)).toEqual([0, 0]);
});

test('zero vectors are at right angles to all, with a finite gradient', () => {
  const zeros = tf.zeros([2, 3]);
  const loss = (x: tf.Tensor): tf.Tensor =>
    L.cosineEmbedding([1, -1], x, [
      [1, 2, 3],
      [1, 2, 3],
    ]);
  expect(compute(() => loss(zeros))).toEqual([1, 0]);
  expect(gradient(loss, zeros).every(Number.isFinite)).toBe(true);
});

describe.each([
  ['circle', (labels: number[], x: tf.Tensor, options: object) => L.circle(labels, x, options)],
  ['ntXent', (labels: number[], x: tf.Tensor, options: object) => L.ntXent(labels, x, options)],
] as const)('%s', (_, loss) => {
  const vectors = tf.tensor2d([
    [1, 0],
    [0.6, 0.8],
    [0, 1],
    [-0.8, 0.6],
  ]);

  test('counts no example without a positive or without a negative', () => {
    for (const labels of [
      [0, 0, 0, 0],
      [0, 1, 2, 3],
    ]) {
      const mean = (x: tf.Tensor): tf.Tensor => loss(labels, x, { reduction: 'mean' });
      expect(compute(() => mean(vectors))).toEqual([0]);
      expect(gradient(mean, vectors)).toEqual(Array(8).fill(0));
    }
  });

  test('leaves masked examples out of every pair', () => {
    const masked = compute(() => loss([0, 0, 1, 0], vectors, { mask: [1, 1, 1, 0], reduction: 'mean' }));
    const without = compute(() => loss([0, 0, 1], tf.slice(vectors, 0, 3), { reduction: 'mean' }));
    assertClose(masked, without, 1e-6, 'the mean');
  });
});

test('circle with detached weights has the gradient of the paper', () => {
  const x = tf.tensor2d([
    [1, 0],
    [0.6, 0.8],
    [0, 1],
  ]);
  const [free, detached] = [false, true].map((detachWeights) =>
    gradient((v) => L.circle([0, 0, 1], v, { gamma: 1, detachWeights }), x),
  ) as [number[], number[]];
  expect(detached).not.toEqual(free);
  // Examples 0 and 1 have one pair of each kind, with distances 1 − v·w; the third has none that belongs to it.
  const rows = x.arraySync();
  const margin = 0.4;
  const expected = [0, 0, 0, 0, 0, 0];
  const pull = (i: number, j: number, slope: number): void =>
    rows[j]?.forEach((value, d) => {
      expected[2 * i + d] = (expected[2 * i + d] as number) - slope * value;
    });
  for (const [i, near, far] of [
    [0, 1, 2],
    [1, 0, 2],
  ] as const) {
    const distance = (j: number): number =>
      1 - (rows[i] ?? []).reduce((dot, v, d) => dot + v * (rows[j]?.[d] as number), 0);
    const [a, b] = [distance(near) + margin, Math.max(0, 1 + margin - distance(far))];
    const share = 1 / (1 + Math.exp(-a * (distance(near) - margin) - b * (1 - margin - distance(far))));
    for (const [j, slope] of [
      [near, share * a],
      [far, -share * b],
    ] as const) {
      pull(i, j, slope);
      pull(j, i, slope);
    }
  }
  assertClose(detached, expected, 1e-5, 'the gradient');
});

test('NaN under a weight of 0 takes no other example out of the pairs', () => {
  const groups = [0, 0, 1, 1];
  const vectors = [
    [1, 0],
    [0.6, 0.8],
    [0, 1],
    [NaN, 1],
  ];
  const weights = [1, 0, 1, 0];
  const masked = compute(() => L.circle(groups, vectors, { gamma: 1, weights, mask: [true, true, true, false] }));
  assertClose(
    compute(() => L.circle(groups, vectors, { gamma: 1, weights })),
    masked,
    1e-6,
    'circle',
  );
  expect(masked[0]).toBeGreaterThan(0);
  const focal = { normalized: true, weights: [1, 0, 0], reduction: 'sum' } as const;
  assertClose(
    compute(() => L.binaryFocalCrossentropy([1, 0, 0], [0.5, 0.6, NaN], focal)),
    compute(() => L.binaryFocalCrossentropy([1, 0, 0], [0.5, 0.6, NaN], { ...focal, mask: [true, true, false] })),
    1e-6,
    'focal',
  );
});

test('weights of lists may have a last axis of 1', () => {
  const scores = [
    [1, 2],
    [0, 1],
  ];
  const relevance = [
    [1, 0],
    [0, 1],
  ];
  const weighted = (weights: number[] | number[][]): number[] =>
    compute(() => L.rankingSoftmax(relevance, scores, { weights, reduction: 'weightedMean' }));
  assertClose(weighted([[1], [3]]), weighted([1, 3]), 1e-6, 'the weighted mean');
});
