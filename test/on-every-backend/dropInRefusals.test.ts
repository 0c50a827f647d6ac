import * as tf from '@tensorflow/tfjs';
import { combine, hinge, huber, labelSmoothing, meanSquaredError } from '../../src/index.js';
import { fail } from '../../src/definition/fail.js';
import * as tensorflow from '../../src/tensorflow/index.js';
import { mustRefuse } from '../support/mustRefuse.js';

type Unchecked = (...args: unknown[]) => tf.Tensor;

const combined = combine as unknown as (parts: unknown) => Unchecked & { with: Unchecked };
const nf = tensorflow as unknown as Readonly<Record<string, Unchecked>>;
const losses = tensorflow.losses as unknown as Readonly<Record<string, Unchecked>>;
const smoothing = labelSmoothing as unknown as Unchecked;

const cyclic: Record<string, unknown> = {};
cyclic['weights'] = [cyclic];

test.each<readonly [what: string, parts: unknown, words: readonly string[]]>([
  ['null', null, ['parts is null']],
  ['nothing', undefined, ['parts is undefined']],
  ['no part', {}, ['parts is an object']],
  ['a list', [[huber, 1]], ['parts is [']],
  ['a map', new Map([['a', [huber, 1]]]), ['parts is a Map']],
  ['a part of null', { a: null }, ['part a is null']],
  ['a part without a weight', { a: [huber] }, ['part a is [a function]']],
  ['a loss alone', { a: huber }, ['part a is a function']],
  ['parts in parts', { a: { b: [huber, 1] } }, ['part a is an object']],
  ['a part in a list too many', { a: [[huber, 1], 1] }, ['part a is [']],
  ['a weight of text', { a: [huber, '1'] }, ['weight of a is "1"']],
  ['a weight of NaN', { a: [huber, NaN] }, ['weight of a is NaN']],
  ['a weight that float32 does not hold', { a: [huber, 1e39] }, ['weight of a is 1e+39']],
  ['a weight in a tensor', { a: [huber, tf.scalar(1)] }, ['weight of a is a tensor']],
  ['a symbol', { [Symbol('a')]: [huber, 1] }, ['Symbol(a)']],
  ['a long name', { ['a'.repeat(1e5)]: [huber, '1'] }, ['weight of aaa']],
])('combine refuses %s', (_, parts, words) => {
  mustRefuse('combine', 'parts', () => combined(parts), words);
});

test('a combined loss refuses what its parts refuse', () => {
  const loss = combined({ a: [huber, 1], ['__proto__']: [hinge, 1] });
  expect(tf.tidy(() => loss([1, 0], [0.5, 0.5]).dataSync())).toHaveLength(2);
  mustRefuse('huber', 'a cycle', () => loss([1], [1], cyclic), ['weights']);
  mustRefuse('combine', 'a map', () => loss([1], [1], new Map()), ['options', 'Map']);
  mustRefuse('combine', 'a map in with', () => loss.with(new Map()), ['options', 'Map']);
  mustRefuse('combine', 'weights for options', () => loss([1], [1], [1]), ['options', '{ weights']);
  mustRefuse('combine', 'one argument more', () => loss([1], [1], {}, 1), ['4 arguments']);
  const before = tf.memory().numTensors;
  const slope = tf.grad((p: tf.Tensor) =>
    combined({ a: [meanSquaredError, 1], b: [hinge, 1] })([1, 3], p, { validate: true }),
  );
  expect(() => slope(tf.tensor1d([1, 2]))).toThrow('hinge: labels[1] is 3');
  expect(tf.memory().numTensors).toBe(before + 1);
});

test.each<readonly [who: string, call: () => unknown, words: readonly string[]]>([
  ['labelSmoothing', () => smoothing(null, 0.1), ['labels is null']],
  ['labelSmoothing', () => smoothing([[1, 0]]), ['alpha is undefined']],
  ['labelSmoothing', () => smoothing([[1, 0]], '0.1'), ['alpha is "0.1"']],
  ['labelSmoothing', () => smoothing([[1, 0]], 0.1, null), ['axis is null']],
  ['clipByValue', () => nf['clipByValue']?.([1], '0', '1'), ['min is "0"']],
  ['clipByValue', () => nf['clipByValue']?.([1], null, 1), ['min is null']],
  ['clipByValue', () => nf['clipByValue']?.(null, 0, 1), ['x is null']],
  ['l2Loss', () => nf['l2Loss']?.(undefined), ['t is undefined']],
  [
    'weightedCrossEntropyWithLogits',
    () => nf['weightedCrossEntropyWithLogits']?.([1], [1]),
    ['posWeight is undefined'],
  ],
  [
    'weightedCrossEntropyWithLogits',
    () => nf['weightedCrossEntropyWithLogits']?.([1], [1], null),
    ['posWeight is null'],
  ],
  ['categoricalCrossentropy', () => nf['softmaxCrossEntropyWithLogits']?.([[1, 0]], [[1, 2]], null), ['axis is null']],
  ['cosineDistance', () => losses['cosineDistance']?.([[1, 0]], [[1, 2]], [0, 1]), ['axis is [0,1]']],
  ['computeWeightedLoss', () => losses['cosineDistance']?.([[1, 0]], [[1, 2]], 1, 'all'), ['weights is "all"']],
  ['computeWeightedLoss', () => losses['computeWeightedLoss']?.(null), ['losses is null']],
  ['huber', () => losses['huberLoss']?.([1], [1], null, null), ['delta is null']],
  ['huber', () => losses['huberLoss']?.([1], [1], { weights: [1] }), ['weights is an object']],
  ['huberLoss', () => losses['huberLoss']?.([1], [1], [1], 1, 'toString'), ['reduction is "toString"', 'tf.Reduction']],
  ['meanAbsoluteError', () => losses['absoluteDifference']?.([1]), ['predictions is undefined']],
])("%s names what is wrong in TensorFlow's order of arguments (%#)", (who, call, words) => {
  mustRefuse(who, 'an argument', call, words);
});

test('messages stay short', () => {
  const long = 'x'.repeat(1e5);
  expect(() => fail(long, 'no')).toThrow(/^.{0,80}$/);
  mustRefuse('huber', 'a long text', () => (huber as unknown as Unchecked)([1], [1], { reduction: long }), ['"xxx']);
  mustRefuse('huber', 'a large array', () => (huber as unknown as Unchecked)([1], [1], { delta: Array(1e6).fill(1) }), [
    '[1,1',
  ]);
  mustRefuse('huber', 'nested arrays', () => (huber as unknown as Unchecked)([1], [1], { delta: cyclic['weights'] }), [
    '[an object]',
  ]);
});
