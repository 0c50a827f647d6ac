import * as tf from '@tensorflow/tfjs';

// The same numbers for the same seed, on every backend.

export const normal = (shape: number[], seed: number): tf.Tensor => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** Whole numbers below an end. */
export const integers = (shape: number[], from: number, end: number, seed: number): tf.Tensor =>
  tf.randomUniformInt(shape, from, end, seed);

export const coinFlips = (shape: number[], seed: number): tf.Tensor => tf.cast(integers(shape, 0, 2, seed), 'float32');

export const distributions = (shape: number[], seed: number): tf.Tensor => tf.softmax(normal(shape, seed));

/** With a cast: asked for float32, the wasm backend would write the bits of integers. */
export const oneHot = (labels: tf.Tensor, classes: number): tf.Tensor => tf.cast(tf.oneHot(labels, classes), 'float32');
