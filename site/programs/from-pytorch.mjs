// from-pytorch.mjs
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';

const x = tf.tensor2d([
  [1, 0],
  [0, 1],
  [-1, -1],
  [5, 5],
]);
const y = tf.tensor1d([0, 1, 2, -100], 'int32');

const weight = tf.variable(tf.zeros([2, 3]));
const bias = tf.variable(tf.zeros([3]));
const loss = sparseCategoricalCrossentropy.with({
  fromLogits: true,
  ignoreIndex: -100,
  classWeights: [2, 1, 1],
  labelSmoothing: 0.1,
  reduction: 'weightedMean',
});
const optimizer = tf.train.sgd(0.5);
const values = [];
for (let step = 0; step < 5; step++) {
  const value = optimizer.minimize(() => loss(y, x.matMul(weight).add(bias)), true);
  values.push(value.dataSync()[0].toFixed(4));
}
console.log(values.join(' '));
