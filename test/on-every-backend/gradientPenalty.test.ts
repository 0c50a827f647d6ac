import * as tf from '@tensorflow/tfjs';
import { gradientPenalty } from '../../src/index.js';
import { gradientsAt, moved, slope, valueAt, type ScalarFunction } from '../support/derivatives.js';
import { numbers, type Values } from '../support/draw.js';
import { compute } from '../support/law.js';
import { precision } from '../support/precision.js';

const real = [
  [1, 2],
  [3, 0],
];
const fake = [
  [1, 0],
  [-1, 0],
];
const mix = [[0.5], [1]];

/** Its gradient at x is 2x. */
const squares = (x: tf.Tensor): tf.Tensor => tf.sum(tf.square(x), -1);

const close = (actual: readonly number[], expected: readonly number[]): void =>
  actual.forEach((value, i) => expect(Math.abs(value / (expected[i] as number) - 1)).toBeLessThan(4 * precision()));

test('the penalty of known gradients', () => {
  // The mixtures are (1, 1) and (3, 0), the lengths √8 and 6.
  const penalty = (options: object): number[] =>
    compute(() => gradientPenalty(squares, real, fake, { mix, ...options }));
  close(penalty({}), [10 * (Math.sqrt(8) - 1) ** 2, 250]);
  close(penalty({ weight: 1, target: 4 }), [(Math.sqrt(8) - 4) ** 2, 4]);
  expect(penalty({ target: 4, oneSided: true })[0]).toBe(0);
  close(penalty({ target: 4, oneSided: true }).slice(1), [40]);
});

test('images, and a score in a column', () => {
  const [a, b] = [tf.ones([2, 4, 4, 1]), tf.zeros([2, 4, 4, 1])];
  const mean = (x: tf.Tensor): tf.Tensor => tf.mean(tf.reshape(x, [2, 16]), 1, true);
  // Each pixel has the slope 1/16: the length is 1/4.
  close(
    compute(() => gradientPenalty(mean, a, b, { weight: 1 })),
    [0.5625, 0.5625],
  );
});

test.each([
  ['softplus', (x: tf.Tensor) => tf.softplus(x)],
  ['relu', (x: tf.Tensor) => tf.relu(x)],
  ['a leaky relu', (x: tf.Tensor) => tf.sub(tf.relu(x), tf.mul(0.2, tf.relu(tf.neg(x))))],
])('derivatives for what a critic with %s is made of are those of finite differences', (_, activation) => {
  const values = (seed: string, shape: number[]): Values => ({
    shape,
    dtype: 'float32',
    data: numbers(
      seed,
      shape.reduce((a, b) => a * b, 1),
      [-1, 1],
    ),
  });
  const at = [values('kernel', [2, 3]), values('last', [3, 1]), values('real', [2, 2]), values('fake', [2, 2])];
  const f: ScalarFunction = ([kernel, last, ...examples]) => {
    const critic = (x: tf.Tensor): tf.Tensor =>
      tf.matMul(activation(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D)), last as tf.Tensor2D);
    return tf.sum(gradientPenalty(critic, ...(examples as [tf.Tensor, tf.Tensor]), { mix: [[0.25], [0.5]] }));
  };
  gradientsAt(f, at).forEach((gradient, variable) =>
    gradient.forEach((derivative, entry) => {
      const expected = slope((step) => valueAt(f, moved(at, variable, entry, step)), 1 / 16, 0.02);
      if (expected !== null)
        expect(Math.abs(derivative - expected)).toBeLessThan(0.03 * Math.max(1, Math.abs(expected)));
    }),
  );
});

test('a gradient of 0 has the derivative 0, a huge one a finite length', () => {
  const scaled = (factor: tf.Tensor): tf.Tensor =>
    tf.sum(gradientPenalty((x) => tf.sum(tf.mul(factor, x), -1), real, fake, { mix, weight: 1 }));
  expect(compute(() => tf.grad(scaled)(tf.scalar(0)))).toEqual([0]);
  const steep = compute(() => gradientPenalty((x) => tf.mul(1e15, tf.sum(x, -1)), real, fake, { mix, weight: 1 }));
  close(steep, [2e30, 2e30]);
});

test('a seed fixes the draw, one share for each example', () => {
  const drawn = (options: object): number[] =>
    compute(() => gradientPenalty(squares, tf.ones([3, 2]), tf.zeros([3, 2]), { target: 0, weight: 1, ...options }));
  const once = drawn({ seed: 3 });
  expect(drawn({ seed: 3 })).toEqual(once);
  expect(drawn({ seed: 4 })).not.toEqual(once);
  expect(new Set(once).size).toBe(3);
  // Of m·(1, 1) the squared length of the gradient is 8m².
  for (const value of once) expect(value >= 0 && value <= 8.001).toBe(true);
});

test.each([
  ['no critic', () => gradientPenalty(1 as never, real, fake), 'critic is 1; expected a function'],
  ['other shapes', () => gradientPenalty(squares, real, [[1, 2]]), 'real has shape [2,2] and fake [1,2]; expected'],
  ['another mix', () => gradientPenalty(squares, real, fake, { mix: [1, 2] }), 'mix has shape [2]; expected [2,1]'],
  [
    'one score',
    () => gradientPenalty((x) => tf.sum(x), real, fake),
    'critic gave shape []; expected a tensor of scores',
  ],
  ['a number', () => gradientPenalty(() => 1 as never, real, fake), 'critic gave 1; expected a tensor of scores'],
  ['an unknown option', () => gradientPenalty(squares, real, fake, { lambda: 1 } as never), 'unknown option "lambda"'],
])('it refuses %s, and leaves nothing behind', (_, call, message) => {
  const before = tf.memory().numTensors;
  expect(call).toThrow(`gradientPenalty: ${message}`);
  expect(tf.memory().numTensors).toBe(before);
});

test('it leaves nothing behind', () => {
  const [a, b] = [tf.tensor(real), tf.tensor(fake)];
  const before = tf.memory().numTensors;
  gradientPenalty(squares, a, b).dispose();
  expect(tf.memory().numTensors).toBe(before);
});
