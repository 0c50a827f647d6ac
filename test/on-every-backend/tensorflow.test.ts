import * as tf from '@tensorflow/tfjs';
import {
  losses,
  clipByValue,
  l2Loss,
  sigmoidCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
  weightedCrossEntropyWithLogits,
} from '../../src/tensorflow.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';

const shape = [4, 3] as const;
const reals = (seed: string): tf.Tensor2D => tf.tensor2d(numbers(seed, 12, [-2, 2]), [...shape]);
const unit = (seed: string): tf.Tensor => tf.div(reals(seed), tf.norm(reals(seed), 2, -1, true));
const zeroOne = (): tf.Tensor => tf.cast(tf.greater(reals('labels'), 0), 'float32');
const oneHot = (): tf.Tensor => tf.oneHot([0, 2, 1, 1], 3);
const probabilities = (): tf.Tensor => tf.sigmoid(reals('predictions'));

type Mirrored = typeof losses;
type Call = (from: Mirrored, weights: tf.Tensor | undefined, reduction: tf.Reduction) => tf.Tensor;

/** For each of the nine functions, calls on which tf.losses is right. */
const calls: { readonly [Name in keyof Mirrored]: Call } = {
  absoluteDifference: (from, w, r) => from.absoluteDifference(reals('labels'), reals('predictions'), w, r),
  computeWeightedLoss: (from, w, r) => from.computeWeightedLoss(reals('predictions'), w, r),
  cosineDistance: (from, w, r) => from.cosineDistance(unit('labels'), unit('predictions'), 1, w, r),
  hingeLoss: (from, w, r) => from.hingeLoss(zeroOne(), reals('predictions'), w, r),
  huberLoss: (from, w, r) => from.huberLoss(reals('labels'), reals('predictions'), w, 0.7, r),
  logLoss: (from, w, r) => from.logLoss(zeroOne(), probabilities(), w, 1e-7, r),
  meanSquaredError: (from, w, r) => from.meanSquaredError(reals('labels'), reals('predictions'), w, r),
  sigmoidCrossEntropy: (from, w, r) => from.sigmoidCrossEntropy(zeroOne(), reals('predictions'), w, 0.1, r),
  softmaxCrossEntropy: (from, w, r) => from.softmaxCrossEntropy(oneHot(), reals('predictions'), w, 0.1, r),
};

describe.each(Object.entries(calls))('losses.%s', (name, call) => {
  const isPerRow = name === 'softmaxCrossEntropy';
  const weights = (): tf.Tensor => tf.tensor([0.5, 0, 2, 1], isPerRow ? [4] : [4, 1]);

  test.each([tf.Reduction.NONE, tf.Reduction.MEAN, tf.Reduction.SUM, tf.Reduction.SUM_BY_NONZERO_WEIGHTS])(
    'reduction %i',
    (reduction) => {
      for (const given of [undefined, weights(), tf.scalar(2)]) {
        const theirs = tf.tidy(() => call(tf.losses as unknown as Mirrored, given, reduction));
        const ours = tf.tidy(() => call(losses, given, reduction));
        expect(ours.shape).toEqual(theirs.shape);
        assertClose(Array.from(ours.dataSync()), Array.from(theirs.dataSync()), 2e-5, 'entry');
      }
    },
  );

  test('weights of 0 give 0, where tf.losses gives NaN', () => {
    const none = tf.zeros(isPerRow ? [4] : [4, 1]);
    const reduction = tf.Reduction.SUM_BY_NONZERO_WEIGHTS;
    expect(compute(() => call(losses, none, reduction))).toEqual([0]);
    expect(compute(() => call(tf.losses as unknown as Mirrored, none, reduction))).toEqual([NaN]);
  });
});

describe('right where tf.losses is wrong', () => {
  const scalar = (f: () => tf.Tensor): number => compute(f)[0] as number;
  const labels = [[0.2, 0.3, 0.5]];
  const logits = [[1, 2, 0.5]];

  test('the gradient of softmaxCrossEntropy for labels is -ln p, not y - p', () => {
    const gradient = (from: Mirrored): number[] =>
      compute(() => tf.grad((y) => from.softmaxCrossEntropy(y, tf.tensor2d(logits)).sum())(tf.tensor2d(labels)));
    const p = compute(() => tf.softmax(tf.tensor2d(logits)));
    assertClose(
      gradient(losses),
      p.map((x) => -Math.log(x)),
      1e-5,
      'ours',
    );
    assertClose(
      gradient(tf.losses as unknown as Mirrored),
      p.map((x, i) => (labels[0]?.[i] as number) - x),
      1e-5,
      'theirs',
    );
  });

  test('the gradient of softmaxCrossEntropy for logits where labels do not sum to 1', () => {
    const gradient = (from: Mirrored): number[] =>
      compute(() => tf.grad((x) => from.softmaxCrossEntropy(tf.tensor2d([[2, 0, 0]]), x).sum())(tf.tensor2d(logits)));
    const p = compute(() => tf.softmax(tf.tensor2d(logits)));
    assertClose(
      gradient(losses),
      p.map((x, i) => 2 * x - (i === 0 ? 2 : 0)),
      1e-5,
      'ours',
    );
    assertClose(
      gradient(tf.losses as unknown as Mirrored),
      p.map((x, i) => x - (i === 0 ? 2 : 0)),
      1e-5,
      'theirs',
    );
  });

  test('label smoothing at rank 3 counts the classes, not the second axis', () => {
    const smoothed = (from: Mirrored): number =>
      scalar(() => from.softmaxCrossEntropy(tf.oneHot([[0, 1]], 4), tf.zeros([1, 2, 4]), undefined, 0.4));
    expect(smoothed(losses)).toBeCloseTo(Math.log(4), 5);
    expect(smoothed(tf.losses as unknown as Mirrored)).toBeCloseTo(1.4 * Math.log(4), 5);
  });

  test('cosineDistance of vectors of any length', () => {
    const distance = (from: Mirrored): number =>
      scalar(() => from.cosineDistance(tf.tensor2d([[3, 4]]), tf.tensor2d([[3, 4]]), 1));
    expect(distance(losses)).toBeCloseTo(0, 6);
    expect(distance(tf.losses as unknown as Mirrored)).toBe(-24);
  });

  test('weights of a square batch weigh examples, not classes', () => {
    const call = (from: Mirrored): number[] =>
      compute(() => from.computeWeightedLoss(tf.ones([2, 2]), tf.tensor1d([1, 2]), tf.Reduction.NONE));
    expect(call(losses)).toEqual([1, 1, 2, 2]);
    expect(call(tf.losses as unknown as Mirrored)).toEqual([1, 2, 1, 2]);
  });

  test('weights have a gradient', () => {
    const gradient = (from: Mirrored): number[] =>
      compute(() => tf.grad((w) => from.computeWeightedLoss(tf.tensor1d([1, 3]), w))(tf.tensor1d([1, 1])));
    expect(gradient(losses)).toEqual([0.5, 1.5]);
    expect(() => gradient(tf.losses as unknown as Mirrored)).toThrow(/gradient function not found for NotEqual/);
  });

  test('a probability a little above 1 is no NaN', () => {
    const call = (from: Mirrored): number => scalar(() => from.logLoss(tf.tensor1d([1]), tf.tensor1d([1.000001])));
    expect(call(losses)).toBeCloseTo(0, 5);
    expect(call(tf.losses as unknown as Mirrored)).toBeNaN();
  });
});

test("the names of tf.nn give tf.nn's values, position by position", () => {
  const p = Math.exp(2) / (Math.exp(2) + Math.E);
  expect(compute(() => softmaxCrossEntropyWithLogits([[1, 0]], [[2, 1]]))[0]).toBeCloseTo(-Math.log(p), 5);
  expect(compute(() => softmaxCrossEntropyWithLogits([[1], [0]], [[2], [1]], 0))[0]).toBeCloseTo(-Math.log(p), 5);
  expect(compute(() => sparseSoftmaxCrossEntropyWithLogits([[0]], [[[2, 1]]]))[0]).toBeCloseTo(-Math.log(p), 5);
  expect(compute(() => sigmoidCrossEntropyWithLogits([1], [0]))[0]).toBeCloseTo(Math.LN2, 5);
  // The number that TensorFlow prints for it.
  expect(compute(() => weightedCrossEntropyWithLogits([1], [0.5], 3))[0]).toBeCloseTo(1.4222, 4);
  expect(compute(() => l2Loss([1, 2]))).toEqual([2.5]);
});

test('clipByValue keeps NaN and its gradient inside', () => {
  expect(
    compute(() =>
      clipByValue(
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        2.5,
        4.5,
      ),
    ),
  ).toEqual([2.5, 2.5, 3, 4, 4.5, 4.5]);
  expect(compute(() => clipByValue([NaN], 0, 1))).toEqual([NaN]);
  expect(compute(() => tf.grad((x) => clipByValue(x, 0, 1).sum())(tf.tensor1d([-1, 0, 0.5, 1, 2])))).toEqual([
    0, 1, 1, 1, 0,
  ]);
});

test('what is no reduction is refused', () => {
  expect(() => losses.meanSquaredError([0, 1], [1, 3], null, 'mean' as never)).toThrow(
    'meanSquaredError: reduction is "mean"',
  );
  expect(() => clipByValue([1], 4, 2)).toThrow('clipByValue: min is 4 and max 2; expected min <= max');
});
