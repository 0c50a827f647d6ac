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
import { compile, load, save } from '../../src/layers/index.js';
import { theirLosses, tfjsDepartures, type Mirrored } from '../departures/tfjs.js';
import { numbers } from '../support/draw.js';
import { assertClose, compute } from '../support/law.js';
import { memoryFile } from '../support/memoryFile.js';

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

describe('weights of fewer axes than the values', () => {
  const values = tf.tidy(() =>
    tf.keep(
      tf.tensor2d([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ),
  );
  afterAll(() => values.dispose());
  const weighed = (from: Mirrored, weights: tf.TensorLike): number[] =>
    compute(() => from.computeWeightedLoss(values, weights, tf.Reduction.NONE));

  test.each([
    ['a number', 2],
    ['one of each column, as tfjs broadcasts', [1, 0, 2]],
    ['the same as a row', [[1, 0, 2]]],
    ['one of each row, with its axis', [[1], [2]]],
    [
      'one of each entry',
      [
        [1, 2, 3],
        [0, 1, 2],
      ],
    ],
  ])('%s', (_, weights) => expect(weighed(losses, weights)).toEqual(weighed(theirLosses, weights)));

  test('one of each row, which tfjs does not take', () => {
    expect(weighed(losses, [1, 2])).toEqual([1, 2, 3, 8, 10, 12]);
    expect(() => weighed(theirLosses, [1, 2])).toThrow();
  });

  test('of as many rows as columns it is said once that they weigh rows', () => {
    const warned = jest.spyOn(console, 'warn').mockImplementation();
    const square = [
      [0, 0],
      [1, 1],
    ];
    for (const weights of [
      [3, 5],
      [[3], [5]],
      [3, 5],
    ]) {
      const value = compute(() =>
        losses.absoluteDifference(
          [
            [1, 1],
            [0, 3],
          ],
          square,
          weights,
          tf.Reduction.NONE,
        ),
      );
      expect(value).toEqual([3, 3, 5, 10]);
    }
    expect(warned.mock.calls).toEqual([
      [expect.stringMatching(/^losses.absoluteDifference: weights of shape \[2\] fit/)],
    ]);
    warned.mockRestore();
  });

  test('weights that fit nowhere are refused', () => {
    expect(() => weighed(losses, [1, 2, 3, 4])).toThrow('weights has shape [4]');
  });

  test('weights of columns have a gradient', () => {
    const gradient = (from: Mirrored): number[] =>
      compute(() => tf.grad((w) => from.computeWeightedLoss(values, w, tf.Reduction.SUM))(tf.tensor1d([1, 2, 3])));
    expect(gradient(losses)).toEqual([5, 7, 9]);
  });
});

describe('in a model', () => {
  const names = Object.keys(calls).filter((name) => name !== 'computeWeightedLoss') as (keyof Mirrored)[];
  const [xs, ys] = [
    [
      [1, 2],
      [0, 1],
    ],
    [
      [0, 1],
      [1, 0],
    ],
  ];
  const evaluated = (model: tf.LayersModel): number =>
    tf.tidy(() => (model.evaluate(tf.tensor(xs), tf.tensor(ys)) as tf.Scalar).dataSync()[0] as number);

  test.each(names)('losses.%s is found again by load, and takes weights', async (name) => {
    const warned = jest.spyOn(console, 'warn').mockImplementation();
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2], activation: 'sigmoid' })] });
    const loss = losses[name] as unknown as (labels: tf.Tensor, predictions: tf.Tensor) => tf.Tensor;
    compile(model, { optimizer: 'sgd', loss });
    const direct = tf.tidy(
      () => loss(tf.tensor(ys), model.predict(tf.tensor(xs)) as tf.Tensor).dataSync()[0] as number,
    );
    // From the logits before the sigmoid, the loss of a model is that of the sigmoid's numbers.
    if (!name.includes('CrossEntropy')) expect(evaluated(model)).toBeCloseTo(direct, 4);
    const file = memoryFile();
    await save(model, file);
    const loaded = await load(file);
    expect(evaluated(loaded)).toBeCloseTo(evaluated(model), 5);
    const args = { sampleWeight: tf.tensor1d([1, 0]), epochs: 1 };
    const history = await loaded.fit(tf.tensor(xs), tf.tensor(ys), args);
    expect(history.history['loss']?.[0]).toEqual(expect.any(Number));
    warned.mockRestore();
  });

  test('one that tfjs alone has compiled is found again too', async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [2] })] });
    model.compile({ optimizer: 'sgd', loss: losses.huberLoss });
    const file = memoryFile();
    await save(model, file);
    expect(evaluated(await load(file))).toBeCloseTo(evaluated(model), 5);
  });

  test('they have their names, also where a minifier takes those of functions', () => {
    expect(Object.entries(losses).map(([name, loss]) => [name, loss.name])).toEqual(
      Object.keys(losses).map((name) => [name, name]),
    );
  });
});
