import * as tf from '@tensorflow/tfjs';
import { adaptiveLogProbabilities, adaptiveLogSoftmax, type AdaptiveTail } from '../../src/index.js';
import { inTailOfAll, inTailOfSome } from '../../src/losses/language/common/inTail.js';
import { gradientsAt, moved, slope, valueAt, type ScalarFunction } from '../support/derivatives.js';
import { numbers, type Values } from '../support/draw.js';
import { compute } from '../support/law.js';
import { precision } from '../support/precision.js';

const values = (seed: string, shape: number[]): Values => ({
  shape,
  dtype: 'float32',
  data: numbers(
    seed,
    shape.reduce((a, b) => a * b, 1),
    [-1, 1],
  ),
});
const tensorOf = ({ data, shape }: Values): tf.Tensor => tf.tensor([...data], [...shape]);

const cutoffs = [2, 5];
const written = [
  values('hidden', [4, 3]),
  values('head', [4, 3]),
  values('down 0', [2, 3]),
  values('up 0', [3, 2]),
  values('down 1', [1, 3]),
  values('up 1', [2, 1]),
];
type Weights = readonly [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
const drawn = (): Weights => written.map(tensorOf) as unknown as Weights;
const tailsOf = ([, , a, b, c, d]: Weights): readonly AdaptiveTail[] => [
  [a, b],
  [c, d],
];

const close = (actual: readonly number[], expected: readonly number[]): void =>
  actual.forEach((value, i) => expect(Math.abs(value - (expected[i] as number))).toBeLessThan(8 * precision()));

test('the probabilities of all classes sum to 1, and the loss is minus the logarithm of one', () => {
  const weights = drawn();
  const [hidden, head] = weights;
  const options = { cutoffs, tails: tailsOf(weights), headBias: [0.5, 0, -1, 0.25] };
  const all = adaptiveLogProbabilities(hidden, head, options);
  expect(all.shape).toEqual([4, 7]);
  close(
    compute(() => tf.sum(tf.exp(all), -1)),
    [1, 1, 1, 1],
  );
  const rows = all.arraySync() as number[][];
  for (let label = 0; label < 7; label++) {
    const labels = [label, 0, 3, 6];
    close(
      compute(() => adaptiveLogSoftmax(labels, hidden, head, options)),
      rows.map((row, i) => -(row[labels[i] as number] as number)),
    );
  }
});

test('positions along several axes, and none', () => {
  const weights = drawn();
  const [hidden, head] = weights;
  const options = { cutoffs, tails: tailsOf(weights) };
  const states = tf.reshape(hidden, [2, 2, 3]);
  const labels = [
    [0, 6],
    [3, 1],
  ];
  const loss = adaptiveLogSoftmax(labels, states, head, options);
  expect(loss.shape).toEqual([2, 2]);
  close(
    Array.from(loss.dataSync()),
    compute(() => adaptiveLogSoftmax(labels.flat(), hidden, head, options)),
  );
  expect(adaptiveLogProbabilities(states, head, options).shape).toEqual([2, 2, 7]);
  expect(adaptiveLogSoftmax(tf.zeros([0]), tf.zeros([0, 3]), head, options).shape).toEqual([0]);
  expect(adaptiveLogProbabilities(tf.zeros([0, 3]), head, options).shape).toEqual([0, 7]);
});

test.each([
  ['all parts', [0, 3, 6, 4]],
  ['the head alone', [0, 1, 1, 0]],
])('derivatives are those of finite differences where labels are in %s', (_, labels) => {
  const f: ScalarFunction = (at) => {
    const weights = at as unknown as Weights;
    return tf.sum(tf.square(adaptiveLogSoftmax(labels, weights[0], weights[1], { cutoffs, tails: tailsOf(weights) })));
  };
  gradientsAt(f, written).forEach((gradient, variable) =>
    gradient.forEach((derivative, entry) => {
      const expected = slope((step) => valueAt(f, moved(written, variable, entry, step)), 1 / 16, 0.02);
      if (expected !== null)
        expect(Math.abs(derivative - expected)).toBeLessThan(0.03 * Math.max(1, Math.abs(expected)));
    }),
  );
});

test('derivatives of derivatives are those of the formula over all classes', () => {
  const weights = drawn();
  const [hidden, head] = weights;
  const options = { cutoffs, tails: tailsOf(weights) };
  const labels = [0, 3, 6, 4];
  const isLabel = tf.oneHot(tf.tensor1d(labels, 'int32'), 7);
  const curvature = (loss: (x: tf.Tensor) => tf.Tensor): number[] =>
    compute(() =>
      tf.grad((x: tf.Tensor) => tf.sum(tf.square(tf.grad((inner: tf.Tensor) => tf.sum(loss(inner)))(x))))(hidden),
    );
  close(
    curvature((x) => adaptiveLogSoftmax(labels, x, head, options)),
    curvature((x) => tf.neg(tf.sum(tf.mul(isLabel, adaptiveLogProbabilities(x, head, options)), -1))),
  );
});

test.each([
  ['some', [0, 3, 6, 4]],
  ['all', [2, 3, 3, 4]],
  ['none', [0, 1, 6, 5]],
])('a tail gives the same from the positions it needs, %s of them, as from all', (_, classes) => {
  const [hidden, , down, up] = drawn();
  const labels = tf.tensor1d(classes, 'int32');
  const by = (inTail: typeof inTailOfAll): number[] => {
    const f = (x: tf.Tensor, a: tf.Tensor, b: tf.Tensor): tf.Tensor => {
      const logits = (own: tf.Tensor): tf.Tensor => tf.matMul(tf.matMul(own, a, false, true), b, false, true);
      return inTail(labels, x, { first: 2, size: 3, weights: [x, a, b], logits });
    };
    const gradients = tf.grads((...at: tf.Tensor[]) => tf.sum(f(...(at as [tf.Tensor, tf.Tensor, tf.Tensor]))))([
      hidden,
      down,
      up,
    ]);
    return [f(hidden, down, up), ...gradients].flatMap((x) => Array.from(x.dataSync()));
  };
  close(by(inTailOfSome), by(inTailOfAll));
});

const x = [[1, 2]];
const table = [
  [1, 0],
  [0, 1],
];
const one: readonly AdaptiveTail[] = [[[[1, 0]], [[1], [-1]]]];
const call = adaptiveLogSoftmax as (...args: unknown[]) => tf.Tensor;

test.each([
  ['no cutoffs', () => call([0], x, table, { tails: one }), 'cutoffs is missing; expected class indices > 0'],
  ['cutoffs that fall', () => call([0], x, table, { cutoffs: [2, 1], tails: one }), 'cutoffs is [2,1]; expected class'],
  ['no tails', () => call([0], x, table, { cutoffs: [1] }), 'tails is missing; expected pairs of weights'],
  ['too few tails', () => call([0], x, table, { cutoffs: [1, 2], tails: one }), 'tails has length 1; expected 2'],
  ['no pair', () => call([0], x, table, { cutoffs: [1], tails: [[1]] }), 'tails is [[1]]; expected pairs'],
  ['another head', () => call([0], x, [[1, 0]], { cutoffs: [1], tails: one }), 'head has shape [1,2]; expected [2,2]'],
  [
    'another bias',
    () => call([0], x, table, { cutoffs: [1], tails: one, headBias: [1] }),
    'headBias has shape [1]; expected [2]',
  ],
  [
    'a projection of other features',
    () => call([0], x, table, { cutoffs: [1], tails: [[[[1]], [[1], [2]]]] }),
    'the projection of tail 0 has shape [1,1]; expected [h,2]',
  ],
  [
    'a weight of other features',
    () => call([0], x, table, { cutoffs: [1], tails: [[[[1, 0]], [[1, 2]]]] }),
    'the weight of tail 0 has shape [1,2]; expected [size,1]',
  ],
  [
    'other labels',
    () => call([0, 1], x, table, { cutoffs: [1], tails: one }),
    'labels has shape [2]; expected [1], that of hidden without its last axis',
  ],
  [
    'a label that is no class',
    () => call([3], x, table, { cutoffs: [1], tails: one }),
    'labels[0] is 3; expected an integer class index from 0 to 2',
  ],
  ['an unknown option', () => call([0], x, table, { cutoffs: [1], tails: one, tau: 1 }), 'unknown option "tau"'],
])('it refuses %s, and leaves nothing behind', (_, refused, message) => {
  const before = tf.memory().numTensors;
  expect(refused).toThrow(`adaptiveLogSoftmax: ${message}`);
  expect(tf.memory().numTensors).toBe(before);
});

test('it leaves nothing behind', () => {
  const before = tf.memory().numTensors;
  adaptiveLogSoftmax([2], x, table, { cutoffs: [1], tails: one }).dispose();
  adaptiveLogProbabilities(x, table, { cutoffs: [1], tails: one }).dispose();
  expect(tf.memory().numTensors).toBe(before);
});
