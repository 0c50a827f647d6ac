import * as tf from '@tensorflow/tfjs';
import { allLosses } from '../../src/getLoss.js';
import { combine, gaussianNll, huber, meanSquaredError, tripletMargin } from '../../src/index.js';
import { compute } from '../support/law.js';

const [labels, predictions] = [
  [
    [0, 1],
    [2, 0],
  ],
  [
    [0.5, 1],
    [5, 2],
  ],
];
const options = {
  weights: [1, 3],
  mask: [
    [true, true],
    [true, false],
  ],
};

const both = combine({ square: [meanSquaredError, 1], huber: [huber.with({ delta: 2 }), 0.5] });

const cases: readonly (readonly [name: string, mean: () => tf.Tensor, same: () => tf.Tensor])[] = [
  ['a loss', () => huber.mean(labels, predictions), () => huber(labels, predictions, { reduction: 'mean' })],
  [
    'with options',
    () => huber.mean(labels, predictions, { ...options, delta: 2 }),
    () => huber(labels, predictions, { ...options, delta: 2, reduction: 'mean' }),
  ],
  [
    'with fixed options, and another reduction among them',
    () => huber.with({ delta: 2, reduction: 'sum' }).mean(labels, predictions, options),
    () => huber(labels, predictions, { ...options, delta: 2, reduction: 'mean' }),
  ],
  [
    'of three inputs',
    () => tripletMargin.mean(labels, predictions, predictions),
    () => tripletMargin(labels, predictions, predictions, { reduction: 'mean' }),
  ],
  [
    'of an input that broadcasts',
    () => gaussianNll.mean(labels, predictions, 2),
    () => gaussianNll(labels, predictions, 2, { reduction: 'mean' }),
  ],
  ['a sum of losses', () => both.mean(labels, predictions), () => both(labels, predictions, { reduction: 'mean' })],
  [
    'a sum with fixed options',
    () => both.with({ ...options, reduction: 'none' }).mean(labels, predictions),
    () => both(labels, predictions, { ...options, reduction: 'mean' }),
  ],
];

test.each(cases)('%s: mean is the loss with that reduction', (_, mean, same) => {
  expect(tf.tidy(() => mean().shape)).toEqual([]);
  expect(compute(mean)).toEqual(compute(same));
});

test('mean trains', () => {
  const v = tf.variable(tf.tensor2d(predictions));
  const optimizer = tf.train.sgd(0.5);
  const loss = (): tf.Scalar => meanSquaredError.mean(labels, v);
  const costs = [0, 1, 2].map(() => tf.tidy(() => optimizer.minimize(loss, true)?.dataSync()[0] as number));
  expect(costs).toEqual([...costs].sort((a, b) => b - a));
  expect(new Set(costs).size).toBe(3);
  v.dispose();
  optimizer.dispose();
});

test('every loss has it, where tfjs does not take it for an output', () => {
  for (const loss of allLosses()) {
    expect('mean' in loss).toBe(true);
    expect(Object.keys(loss)).toEqual([]);
  }
});

test('it leaves nothing in memory, also when it throws', () => {
  const before = tf.memory().numTensors;
  huber.mean(labels, predictions).dispose();
  expect(() => huber.mean(labels, [[1]])).toThrow('huber: labels has shape');
  expect(tf.memory().numTensors).toBe(before);
});
