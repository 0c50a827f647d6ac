import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compute } from '../support/law.js';

test('several axes are smoothed as one', () => {
  expect(
    compute(() =>
      L.labelSmoothing(
        [
          [
            [1, 0],
            [0, 0],
          ],
        ],
        0.5,
        [1, -1],
      ),
    ),
  ).toEqual([0.625, 0.125, 0.125, 0.125]);
});

test('labels that are not smoothed are another tensor', () => {
  const labels = tf.tensor1d([0, 1]);
  L.labelSmoothing(labels, 0).dispose();
  expect(labels.isDisposed).toBe(false);
});

test('bad arguments are refused, and leave no tensor behind', () => {
  const call = L.labelSmoothing as (...args: unknown[]) => unknown;
  const tensors = tf.memory().numTensors;
  expect(() => call([1, 0], 2)).toThrow('labelSmoothing: alpha is 2; expected a number from 0 to 1');
  expect(() => call([1, 0], 0.5, 'last')).toThrow('labelSmoothing: axis is "last"; expected an axis');
  expect(() => call('hot', 0.5)).toThrow('labelSmoothing: labels is "hot"; expected a tensor');
  for (const axis of [1, -2, [0, -1]]) {
    expect(() => call([1, 0], 0.5, axis)).toThrow('expected different axes of labels, which have shape [2]');
  }
  expect(tf.memory().numTensors).toBe(tensors);
});
