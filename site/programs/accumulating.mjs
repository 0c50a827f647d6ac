// accumulating.mjs: four small batches for one step, which is the step of the joined batch
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';

const x = tf.randomNormal([8, 3], 0, 1, 'float32', 2);
const labels = tf.tensor1d([0, 1, 2, -1, 0, -1, -1, 1], 'int32'); // −1: not known
const weights = tf.variable(tf.zeros([3, 3]));
const loss = sparseCategoricalCrossentropy.with({ fromLogits: true, ignoreIndex: -1, reduction: 'sum' });
const gradient = (from, size) =>
  tf.tidy(() => {
    const logits = () => tf.matMul(x.slice([from, 0], [size, 3]), weights);
    const { grads } = tf.variableGrads(() => loss(labels.slice(from, size), logits()));
    return grads[weights.name];
  });

const known = labels.notEqual(-1).sum().dataSync()[0];
const whole = tf.div(gradient(0, 8), known);
const parts = tf.tidy(() => tf.div(tf.addN([0, 2, 4, 6].map((from) => gradient(from, 2))), known));
console.log('known labels', known);
console.log('same gradient:', tf.max(tf.abs(tf.sub(whole, parts))).dataSync()[0] < 1e-6);
const means = tf.tidy(() => {
  const mean = (from) => tf.div(gradient(from, 2), Math.max(1, labels.slice(from, 2).notEqual(-1).sum().dataSync()[0]));
  return tf.div(tf.addN([0, 2, 4, 6].map(mean)), 4);
});
console.log(
  'mean of means differs by',
  tf
    .max(tf.abs(tf.sub(whole, means)))
    .dataSync()[0]
    .toFixed(2),
);
