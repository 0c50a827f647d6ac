// A siamese net: one net embeds all points, so that those of one ring come together, by semihard triplets.

import * as tf from '@tensorflow/tfjs';
import { triplet } from '../../src/index.js';
import { bias, type Course, dense, descent, kernel, times } from './common/steps.js';

/** Three rings around one centre, six points each: no straight line tells them apart. */
export const labels = times(18, (i) => i % 3);
export const points = labels.map((ring, i): [number, number] => {
  const [radius, angle] = [0.5 + 0.5 * ring, (2 * Math.PI * i) / 18];
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
});

export const weights = { hidden: kernel([2, 32], 1), bias: bias(32), embedding: kernel([32, 2], 2) };

const embedded = (): tf.Tensor2D =>
  tf.matMul(tf.relu(dense(tf.tensor2d(points), weights.hidden, weights.bias)), weights.embedding);

/** Of each pair of one ring, the nearest point of another ring that is farther away is to be so by the margin. */
export const loss = (): tf.Tensor =>
  triplet(labels, embedded(), { mining: 'batchSemihard', margin: 0.5, reduction: 'mean' });

export function train(steps = 40): Course {
  const step = descent(weights, 0.02);
  return { loss: times(steps, () => step(loss)) };
}
