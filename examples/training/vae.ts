// A variational autoencoder: six images of bars, each squeezed into two numbers with noise, and made from them again.

import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy, gaussianKl } from '../../src/index.js';
import { bias, type Course, dense, descent, kernel, normal, times } from './common/steps.js';

/** The three rows and the three columns of 3 × 3 pixels. */
export const images = tf.tensor2d([
  [1, 1, 1, 0, 0, 0, 0, 0, 0],
  [0, 0, 0, 1, 1, 1, 0, 0, 0],
  [0, 0, 0, 0, 0, 0, 1, 1, 1],
  [1, 0, 0, 1, 0, 0, 1, 0, 0],
  [0, 1, 0, 0, 1, 0, 0, 1, 0],
  [0, 0, 1, 0, 0, 1, 0, 0, 1],
]);

export const weights = {
  encoder: kernel([9, 16], 1),
  mean: kernel([16, 2], 2),
  logVariance: kernel([16, 2], 3),
  decoder: kernel([2, 16], 4),
  decoderBias: bias(16),
  pixels: kernel([16, 9], 5),
  pixelsBias: bias(9),
};

/** Nats of an image: what is wrong in its pixels, and what the two numbers tell of it. */
export function loss(noise: tf.Tensor2D): tf.Tensor {
  const features = tf.tanh(tf.matMul(images, weights.encoder));
  const mean = tf.matMul(features, weights.mean);
  const logVariance = tf.matMul(features, weights.logVariance);
  const code: tf.Tensor2D = tf.add(mean, tf.mul(noise, tf.exp(tf.mul(0.5, logVariance))));
  const drawn = tf.tanh(dense(code, weights.decoder, weights.decoderBias));
  const logits = dense(drawn, weights.pixels, weights.pixelsBias);
  const wrong = binaryCrossentropy(images, logits, { fromLogits: true, reduction: 'sum' });
  return tf.div(tf.add(wrong, gaussianKl(mean, logVariance, { reduction: 'sum' })), 6);
}

export function train(steps = 300): Course {
  const step = descent(weights, 0.02);
  return { loss: times(steps, (i) => step(() => loss(normal([6, 2], i + 1)))) };
}
