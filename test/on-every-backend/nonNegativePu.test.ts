import * as tf from '@tensorflow/tfjs';
import { nonNegativePu } from '../../src/index.js';
import { compute } from '../support/law.js';

const options = { prior: 0.5 };

test('a label that is neither 0 nor 1 is NaN where nobody has looked, unless it is masked', () => {
  const call = (mask: readonly boolean[] | null): number =>
    compute(() =>
      nonNegativePu([1, 0, 2], [1, 2, 3], { ...options, mask: mask && [...mask], validate: false }),
    )[0] as number;
  expect(call(null)).toBeNaN();
  expect(call([true, true, false])).toBe(compute(() => nonNegativePu([1, 0], [1, 2], options))[0]);
});

test('where the negative part is below 0, positive examples alone have a gradient', () => {
  const scores = tf.tensor1d([2, -4, -3]);
  const gradient = compute(() => tf.grad((x: tf.Tensor) => nonNegativePu([1, 0, 0], x, options))(scores));
  expect(gradient[0]).toBeLessThan(0);
  expect(gradient.slice(1)).toEqual([0, 0]);
});

test('all masked is 0, with gradient 0', () => {
  const all = { ...options, mask: [false, false] };
  expect(compute(() => nonNegativePu([1, 0], [1, 2], all))).toEqual([0]);
  expect(compute(() => tf.grad((x: tf.Tensor) => nonNegativePu([1, 0], x, all))(tf.tensor1d([1, 2])))).toEqual([0, 0]);
});
