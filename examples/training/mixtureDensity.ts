// A mixture-density net: for an x that has several y, it gives three Gaussians in place of their useless average.

import * as tf from '@tensorflow/tfjs';
import { gaussianMixtureNll } from '../../src/index.js';
import { bias, type Course, dense, descent, kernel, normal, times } from './common/steps.js';

/** x = y + 0.3·sin 2πy with noise: around x = 0.5 there are three y for each x. */
export const y = times(100, (i): [number] => [i / 99]);
export const x = tf.tidy(() => {
  const curve = y.map(([y]): [number] => [y + 0.3 * Math.sin(2 * Math.PI * y)]);
  return tf.add<tf.Tensor2D>(tf.tensor2d(curve), tf.mul(0.05, normal([100, 1], 1)));
});

export const weights = {
  hidden: kernel([1, 24], 2),
  bias: bias(24),
  logits: kernel([24, 3], 3),
  means: kernel([24, 3], 4),
  scales: kernel([24, 3], 5),
};

export function loss(): tf.Tensor {
  const hidden = tf.tanh(dense(tf.mul(4, x), weights.hidden, weights.bias));
  const logits = tf.matMul(hidden, weights.logits);
  const means = tf.expandDims(tf.matMul(hidden, weights.means), 2);
  const scales = tf.expandDims(tf.softplus(tf.matMul(hidden, weights.scales)), 2);
  return gaussianMixtureNll(y, logits, means, scales, { reduction: 'mean' });
}

export function train(steps = 200): Course {
  const step = descent(weights, 0.02);
  return { loss: times(steps, () => step(loss)) };
}
