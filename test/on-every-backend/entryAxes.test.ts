import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { numbers } from '../support/draw.js';
import { gradientsAt } from '../support/derivatives.js';
import { assertClose, byFormula, compute } from '../support/law.js';

/** Labels, predictions and one weight for each of three channels, which come first. */
const shapes = [
  [2, 3, 2, 2],
  [2, 3, 4],
  [1, 3, 3, 3],
  [2, 3, 2, 1, 2],
] as const;

const posWeight = { shape: [3], data: [1, 5, 0.5], dtype: 'float32' } as const;

describe.each(shapes.map((shape) => [shape.join(), shape] as const))('posWeight along axis 1 of [%s]', (_, shape) => {
  const size = shape.reduce<number>((a, b) => a * b, 1);
  const labels = tf.tensor(numbers('labels', size).map(Math.round), [...shape]);
  const predictions = { shape, data: numbers('predictions', size, [-2, 2]), dtype: 'float32' } as const;
  const toLast = [0, ...shape.map((_, axis) => axis).slice(2), 1];
  const options = { fromLogits: true, reduction: 'mean' } as const;
  const channelsFirst = ([x, w]: tf.Tensor[]): tf.Tensor =>
    L.binaryCrossentropy(labels, x as tf.Tensor, { ...options, posWeight: w, axis: 1 });
  const channelsLast = ([x, w]: tf.Tensor[]): tf.Tensor =>
    L.binaryCrossentropy(tf.transpose(labels, toLast), tf.transpose(x as tf.Tensor, toLast), {
      ...options,
      posWeight: w,
      axis: -1,
    });
  const at = [predictions, posWeight];
  const tensors = (): tf.Tensor[] => at.map(({ data, shape }) => tf.tensor([...data], [...shape]));

  test('gives what it gives where they come last, and its gradients', () => {
    for (const run of [<T>(f: () => T): T => f(), byFormula]) {
      run(() => {
        assertClose(
          compute(() => channelsFirst(tensors())),
          compute(() => channelsLast(tensors())),
          1e-5,
          'the value',
        );
        const expected = gradientsAt(channelsLast, at);
        gradientsAt(channelsFirst, at).forEach((gradient, i) =>
          assertClose(gradient, expected[i] as number[], 1e-5, `gradient ${i}`),
        );
      });
    }
  });
});

test('a vector that fits two axes is asked about', () => {
  const x = tf.zeros([1, 3, 3, 3]);
  const given = { posWeight: [1, 2, 3], fromLogits: true };
  expect(() => L.binaryCrossentropy(x, x, given)).toThrow(
    'binaryCrossentropy: posWeight has 3 entries, and both axis 1 and the last of [1,3,3,3] fit; expected axis: 1 or axis: -1',
  );
  for (const axis of [1, -1]) expect(() => L.binaryCrossentropy(x, x, { ...given, axis })).not.toThrow();
  expect(() => L.binaryFocalCrossentropy(tf.zeros([2, 3, 4, 4]), tf.zeros([2, 3, 4, 4]), given)).toThrow(
    'expected [4], one for each entry of axis -1 of [2,3,4,4], or axis: 1',
  );
});

describe('classAxis of overlaps', () => {
  const labels = tf.tensor(
    numbers('classes', 8).flatMap((x) => [0, 1, 2].map((c) => (c === Math.floor(3 * x) ? 1 : 0))),
    [2, 2, 2, 3],
    'int32',
  );
  const predictions = tf.softmax(tf.tensor(numbers('predictions', 24), [2, 2, 2, 3]));
  const first = (x: tf.Tensor): tf.Tensor => tf.transpose(tf.cast(x, 'float32'), [0, 3, 1, 2]);
  const mask = tf.tensor(
    numbers('mask', 24).map((x) => x < 0.7),
    [2, 2, 2, 3],
    'bool',
  );

  test.each([
    ['dice', L.dice.with({ classWeights: [1, 2, 3] })],
    ['jaccard', L.jaccard.with({ classes: [0, 2] })],
    ['tversky', L.tversky.with({ axis: 'batch' })],
    ['generalizedDice', L.generalizedDice],
  ] as const)('%s with channels first, also in the mask and in weights of entries', (_, loss) => {
    const weights = tf.tensor(numbers('weights', 24), [2, 2, 2, 3]);
    assertClose(
      compute(() =>
        loss(first(labels), first(predictions), { classAxis: 1, mask: first(mask), weights: first(weights) }),
      ),
      compute(() => loss(labels, predictions, { mask, weights })),
      1e-5,
      'the value',
    );
    expect(() => loss(first(labels), first(predictions), { classAxis: 1, axis: [2, 3] as never })).toThrow('axis');
  });
});
