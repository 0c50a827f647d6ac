import * as tf from '@tensorflow/tfjs';
import { meanSquaredError } from '../../src/index.js';

/** tfjs's wasm backend leaves 3 in it. */
const cast = (): tf.Tensor => tf.cast(tf.tensor1d([0, 3], 'int32'), 'bool');

test.each([
  ['labels', () => meanSquaredError(cast(), [0.5, 1], { reduction: 'none' }), [0.25, 0]],
  ['predictions', () => meanSquaredError([0.5, 1], cast(), { reduction: 'none' }), [0.25, 0]],
  ['weights', () => meanSquaredError([1, 3], [0, 1], { weights: cast(), reduction: 'none' }), [0, 4]],
  ['a mask', () => meanSquaredError([1, 3], [0, 1], { mask: cast(), reduction: 'none' }), [0, 4]],
])('a boolean cast from 3 is a 1: %s', (_, loss, expected) => {
  expect(Array.from(tf.tidy(loss).dataSync())).toEqual(expected);
});
