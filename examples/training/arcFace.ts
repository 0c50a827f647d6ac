// A classifier with ArcFace: embeddings of a class point the same way, away from other classes by an angular margin.

import * as tf from '@tensorflow/tfjs';
import { arcFace, cosineLogits } from '../../src/index.js';
import { bias, type Course, dense, descent, kernel, normal, times } from './common/steps.js';

/** Four clouds of eight points each. */
export const labels = times(32, (i) => i % 4);
export const points = tf.tidy(() => {
  const centres = labels.map((label): [number, number] => [label < 2 ? -1 : 1, label % 2 === 0 ? -1 : 1]);
  return tf.add<tf.Tensor2D>(tf.tensor2d(centres), tf.mul(0.4, normal([32, 2], 1)));
});

/** `classes` has a row for each class: the direction in which its embeddings are to point. */
export const weights = {
  hidden: kernel([2, 16], 2),
  bias: bias(16),
  embedding: kernel([16, 3], 3),
  classes: kernel([4, 3], 4),
};

const cosines = (): tf.Tensor => {
  const hidden = tf.relu(dense(points, weights.hidden, weights.bias));
  return cosineLogits(tf.matMul(hidden, weights.embedding), weights.classes);
};

export const loss = (): tf.Tensor => arcFace(labels, cosines(), { scale: 8, margin: 0.3, reduction: 'mean' });

/** The class whose direction is nearest: without the margin, which is for training only. */
export const predicted = (): number[] => tf.tidy(() => Array.from(tf.argMax(cosines(), -1).dataSync()));

export function train(steps = 150): Course {
  const step = descent(weights, 0.02);
  return { loss: times(steps, () => step(loss)) };
}
