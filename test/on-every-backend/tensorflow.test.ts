import * as tf from '@tensorflow/tfjs';
import {
  losses,
  clipByValue,
  l2Loss,
  sigmoidCrossEntropyWithLogits,
  softmaxCrossEntropyWithLogits,
  sparseSoftmaxCrossEntropyWithLogits,
  weightedCrossEntropyWithLogits,
} from '../../src/tensorflow/index.js';
import { theirLosses, tfjsDepartures, type Mirrored } from '../departures/tfjs.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';

const shape = [4, 3] as const;
const reals = (seed: string): tf.Tensor2D => tf.tensor2d(numbers(seed, 12, [-2, 2]), [...shape]);
const unit = (seed: string): tf.Tensor => tf.div(reals(seed), tf.norm(reals(seed), 2, -1, true));
const zeroOne = (): tf.Tensor => tf.cast(tf.greater(reals('labels'), 0), 'float32');
const oneHot = (): tf.Tensor => tf.oneHot([0, 2, 1, 1], 3);
const probabilities = (): tf.Tensor => tf.sigmoid(reals('predictions'));

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
        const theirs = tf.tidy(() => call(theirLosses, given, reduction));
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
    expect(compute(() => call(theirLosses, none, reduction))).toEqual([NaN]);
  });
});

describe('right where tf.losses is wrong', () => {
  test.each(tfjsDepartures)('$call: $reason', ({ compute: f, ours, theirs }) => {
    assertClose(
      compute(() => f(losses)),
      ours,
      2e-5,
      'ours',
    );
    if (theirs instanceof RegExp) expect(() => compute(() => f(theirLosses))).toThrow(theirs);
    else
      assertClose(
        compute(() => f(theirLosses)),
        theirs,
        2e-5,
        'theirs',
      );
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
