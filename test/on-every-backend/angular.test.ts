import * as tf from '@tensorflow/tfjs';
import { angular } from '../../src/index.js';
import { numbers } from '../support/draw.js';
import { compute } from '../support/law.js';

/** Where the squared tangent is 5, and no more products of matrices are taken. */
const limit = (Math.atan(Math.sqrt(5)) * 180) / Math.PI;

const labels = [0, 0, 1, 1, 2, 0];

test.each([
  ['drawn', numbers('embeddings', 12, [-2, 2])],
  ['of pairs and negatives that point to opposite sides', [1, 0, -1, 0, 1, 0, -1, 0, 0, 1, 0.6, 0.8]],
])('of embeddings %s, both ways to compute give the same on both sides of the limit', (_, embeddings) => {
  const x = tf.tensor2d(embeddings, [6, 2]);
  const at = (alpha: number): number[] =>
    compute(() => {
      const loss = (e: tf.Tensor): tf.Tensor =>
        angular(labels, e, { alpha, reduction: 'mean', mask: [1, 1, 1, 1, 1, 0] });
      const slopes = (e: tf.Tensor): tf.Tensor => tf.grad(loss)(e);
      const curvature = tf.grad((e: tf.Tensor) => slopes(e).square().sum())(x);
      return tf.concat([loss(x).reshape([1]), slopes(x).reshape([-1]), curvature.reshape([-1])]);
    });
  const [below, above] = [at(limit - 1e-9), at(limit + 1e-9)];
  const largest = Math.max(...above.map(Math.abs));
  expect(below.every(Number.isFinite)).toBe(true);
  below.forEach((number, i) => expect((number - (above[i] as number)) / largest).toBeCloseTo(0, 5));
  x.dispose();
});
