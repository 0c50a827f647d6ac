// A ranker: a net gives the documents of each query scores that put them in the order of their relevance.

import * as tf from '@tensorflow/tfjs';
import { listMle } from '../../src/index.js';
import { bias, type Course, dense, descent, kernel, normal, times } from './common/steps.js';

const [queries, documents] = [12, 5];

/** How well a document matches the query in its title, in its text, and how old it is. */
export const features = normal([queries * documents, 3], 1);

/** From 0 to 3 by a rule that the net does not know. Every third query has four documents only: −1 is padding. */
export const relevance = tf.tidy(() =>
  (features.arraySync() as [number, number, number][]).map(([title, text, age], i) => {
    const isPadding = i % (3 * documents) === documents - 1;
    return isPadding ? -1 : Math.max(0, Math.min(3, Math.round(1 + title + 0.5 * text - Math.max(0, age))));
  }),
);

export const weights = { hidden: kernel([3, 16], 2), bias: bias(16), score: kernel([16, 1], 3) };

/** The probability of the right order, where each next document is drawn by the scores from those that are left. */
export function loss(): tf.Tensor {
  const hidden = tf.tanh(dense(features, weights.hidden, weights.bias));
  const scores = tf.matMul(hidden, weights.score);
  const lists = (x: tf.Tensor): tf.Tensor => tf.reshape(x, [queries, documents]);
  return listMle(lists(tf.tensor1d(relevance)), lists(scores), { reduction: 'mean' });
}

export function train(steps = 150): Course {
  const step = descent(weights, 0.05);
  return { loss: times(steps, () => step(loss)) };
}
