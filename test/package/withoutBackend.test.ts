import * as tf from '@tensorflow/tfjs-core';
import { clipByValue, huber, losses } from '../../src/index.js';
import { advice } from '../../src/call/adviceSlot.js';
import { lackingCalls } from '../support/messages.js';

/* No file that is imported here brings a backend. */

test('without a backend the error names the import', () => {
  const { before, now } = lackingCalls.backend;
  expect(tf.engine().backendNames()).toEqual([]);
  expect(() => huber([0], [3])).toThrow(now);
  expect(() => losses.huberLoss([0], [3])).toThrow(now);
  expect(() => losses.meanSquaredError([[0, 1]], [[3, 1]], [1, 2])).toThrow(now.replace(/^huber/, ''));
  expect(() => clipByValue([0], 1, 3)).toThrow(now.replace(/^huber/, ''));
  delete advice.during;
  expect(() => huber([0], [3])).toThrow(before as string);
});
