import * as tf from '@tensorflow/tfjs';
import {
  dice,
  diceCrossentropy,
  matthewsCorrelation,
  multiclassSparsemax,
  softClDice,
  tversky,
} from '../../src/index.js';
import { isOnHost } from '../../src/numerics/host.js';
import { orderOf } from '../../src/kernels/handwritten/order.js';
import { assertClose } from '../support/law.js';
import { lossNamed } from '../support/losses.js';

afterEach(() => tf.env().set('LOSSES_FUSED', true));

const areSumsByKernel = (): boolean => isOnHost();

/** The value and the gradients for labels and predictions. */
function outcome(f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: readonly tf.Tensor[]): number[][] {
  return tf.tidy(() => {
    const { value, grads } = tf.valueAndGrads((...xs) => tf.sum(f(...xs)))([...inputs]);
    return [value, ...grads].map((x) => Array.from(x.dataSync())) as never;
  });
}

/** With kernels the same as without, relative to the largest number. */
function holds(f: (...inputs: tf.Tensor[]) => tf.Tensor, inputs: readonly tf.Tensor[]): void {
  const [found, expected] = [true, false].map((areOn) => {
    tf.env().set('LOSSES_FUSED', areOn);
    return outcome(f, inputs);
  }) as [number[][], number[][]];
  expected.forEach((numbers, i) => {
    const size = numbers.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
    const inUnits = (all: readonly number[]): number[] => all.map((x) => 1 + x / size);
    assertClose(inUnits(found[i] as number[]), inUnits(numbers), 2e-5, `output ${i}`);
  });
}

const uniform = (shape: number[], seed: number): tf.Tensor => tf.randomUniform(shape, 0.01, 0.99, 'float32', seed);
const normal = (shape: number[], seed: number): tf.Tensor => tf.randomNormal(shape, 0, 2, 'float32', seed);
const coins = (shape: number[], seed: number): tf.Tensor => tf.greater(uniform(shape, seed), 0.4);

/** What changes how rows of classes are summed. */
const ways: Readonly<Record<string, (shape: number[]) => object>> = {
  'no options': () => ({}),
  'a mask of pixels': (shape) => ({ mask: coins(shape.slice(0, -1), 3) }),
  'a mask of entries': (shape) => ({ mask: coins(shape, 3) }),
  'weights of pixels': (shape) => ({ weights: uniform(shape.slice(0, -1), 4) }),
};

// Rows that fill no four, no block, or more than are copied at a time; classes that fill no four, and two fours and one.
const sizes = [
  [1, 1],
  [255, 3],
  [4099, 1],
  [4099, 2],
  [258, 9],
  [300, 4],
] as const;

describe.each(sizes)('of %i pixels and %i classes', (pixels, classes) => {
  const shape = [2, pixels, classes];
  test.each(Object.keys(ways))('sums with %s', (way) => {
    const options = ways[way]?.(shape);
    const labels = uniform(shape, 1);
    holds((y, p) => dice(y, p, { ...options, axis: 'batch' }), [labels, uniform(shape, 2)]);
    holds((y, x) => tversky(y, x, { ...options, fromLogits: true, alpha: 0.2 }), [labels, normal(shape, 2)]);
    holds((y, p) => matthewsCorrelation(y, p, { ...options, axis: 'example' }), [labels, uniform(shape, 2)]);
    const logits = { ...options, fromLogits: true };
    holds((y, x) => diceCrossentropy(y, x, logits), [labels, normal(shape, 2)]);
  });

  test('class indices', () => {
    if (classes === 1) return;
    const labels = tf.cast(tf.floor(tf.mul(uniform([2, pixels], 1), classes)), 'int32');
    for (const options of [{}, { ignoreIndex: 0 }]) {
      holds((x) => dice(labels, x, { ...options, fromLogits: true }), [normal(shape, 2)]);
    }
  });
});

/** Rows that fill no four, no block, or more than are copied at a time; with axes before and after that of the classes. */
const planes = [
  { shape: [3, 2, 64], classAxis: 1 },
  { shape: [2, 9, 5, 51], classAxis: 1 },
  { shape: [1, 3, 4099], classAxis: 1 },
  { shape: [2, 3, 4, 130], classAxis: 2 },
] as const;

describe.each(planes)('classes along axis $classAxis of $shape', ({ shape: all, classAxis }) => {
  const shape = [...all];
  const [labels, predictions] = [uniform(shape, 1), uniform(shape, 2)];
  const rest = shape.filter((_, axis) => axis !== classAxis);

  test.each(['batch', 'example'] as const)('sums of each %s', (axis) => {
    holds((y, p) => dice(y, p, { axis, classAxis }), [labels, predictions]);
    const weights = uniform(shape, 4);
    holds((y, x) => tversky(y, x, { axis, classAxis, fromLogits: true, weights }), [labels, normal(shape, 2)]);
    holds((y, p) => dice(y, p, { axis, classAxis, mask: coins(rest, 3) }), [labels, predictions]);
    const indices = tf.cast(tf.floor(tf.mul(uniform(rest, 1), shape[classAxis] as number)), 'int32');
    holds((x) => dice(indices, x, { axis, classAxis, fromLogits: true }), [normal(shape, 2)]);
  });

  test('sums of calls that come again', () => {
    const f = (y: tf.Tensor, p: tf.Tensor): tf.Tensor => dice(y, p, { classAxis });
    for (let time = 0; time < 4; time++) holds(f, [labels, uniform(shape, time)]);
  });

  test('derivatives of derivatives', () => {
    const steepness = (y: tf.Tensor, p: tf.Tensor): tf.Tensor =>
      tf.square(tf.grad((x: tf.Tensor) => dice(y, x, { classAxis, axis: 'batch' }))(p));
    holds(steepness, [labels, predictions]);
  });
});

test('derivatives go to planes as they are', async () => {
  const [labels, predictions] = [uniform([2, 3, 64], 1), uniform([2, 3, 64], 2)];
  const slope = tf.grad((p: tf.Tensor) => dice(labels, p, { classAxis: 1, smooth: 0.5 }));
  const { kernels } = await tf.profile(() => tf.tidy(() => slope(predictions)));
  const moves = kernels.filter(({ name }) => name.startsWith('Transpose'));
  // A tensor that tfjs-node casts, also to its own type, is another one.
  expect(moves).toHaveLength(areSumsByKernel() && tf.getBackend() !== 'tensorflow' ? 2 : 3);
});

test.each(['dice', 'matthewsCorrelation'])('the sums of %s come from a kernel, also with a mask', async (name) => {
  const loss = lossNamed(name);
  const [labels, predictions, mask] = [uniform([2, 5, 3], 1), uniform([2, 5, 3], 2), coins([2, 5], 3)];
  for (const options of [{}, { mask }]) {
    const { kernels } = await tf.profile(() => tf.tidy(() => loss(labels, predictions, options)));
    expect(kernels.some(({ name }) => name === 'FusedClassSums')).toBe(areSumsByKernel());
  }
});

test('predictions that are no probabilities are drawn back, as by the formula', () => {
  const [labels, predictions] = [uniform([2, 300, 3], 1), tf.mul(1.1, uniform([2, 300, 3], 2))];
  holds((y, p) => dice(y, p), [labels, predictions]);
  // What a mask takes out may be anything.
  const mask = tf.lessEqual(predictions, 1);
  holds((y, p) => dice(y, p, { mask }), [labels, predictions]);
});

test('an example that weighs nothing is left out, also if it is spoilt', () => {
  const predictions = normal([2, 30, 3], 2);
  const spoilt = tf.concat([tf.fill([1, 30, 3], NaN, 'float32'), tf.slice(predictions, 1, 1)]);
  for (const x of [predictions, spoilt]) {
    const f = (y: tf.Tensor, p: tf.Tensor): tf.Tensor => dice(y, p, { fromLogits: true, weights: [0, 2] });
    holds(f, [uniform([2, 30, 3], 1), x]);
  }
});

test('what a mask takes out of an example that weighs nothing is not felt by the derivative for its weight', () => {
  const predictions = uniform([2, 30, 3], 2);
  const spoilt = tf.where(tf.less(predictions, 0.2), NaN, predictions);
  const mask = tf.greaterEqual(predictions, 0.2);
  const all = [uniform([2, 30, 3], 1), spoilt, tf.tensor1d([0, 2])];
  holds((y, p, weights) => dice(y, p, { weights, mask }), all);
});

test('skeletons', () => {
  const masks = tf.round(tf.mul(4, uniform([1, 7, 9, 2], 1)));
  holds((y, p) => softClDice(y, p), [uniform([1, 7, 9, 2], 2), tf.div(masks, 4)]);
});

test('thresholds of logits of which many are equal', () => {
  const labels = tf.tensor1d([3, 0, 7], 'int32');
  for (const step of [1, 0.25, 1e-3]) {
    const logits = tf.mul(step, tf.round(normal([3, 40], 1)));
    holds((x) => multiclassSparsemax(labels, x), [logits]);
  }
});

test.each([3, 24, 25, 1024, 1025, 3000])(
  'an order of %i numbers is that of a sort that keeps equal ones in their order',
  (count) => {
    const few = Array.from({ length: count }, (_, i) => Math.fround(Math.sin(i * i) * 10 ** (i % 7)));
    const numbers = Float32Array.from(few, (x, i) => [x, 0, -0, -Infinity, Infinity, Math.round(x)][i % 6] as number);
    const expected = Array.from(numbers.keys()).sort((a, b) => {
      const [x, y] = [numbers[a] as number, numbers[b] as number];
      return x === y ? a - b : y > x ? 1 : -1;
    });
    expect(Array.from(orderOf(numbers))).toEqual(expected);
  },
);
