// trap-weights.mjs: weights of 0, a label that is missing, and weights for another axis than one thinks
import * as tf from '@tensorflow/tfjs';
import { meanSquaredError } from 'tfjs-losses';

const y = tf.tensor2d([
  [1, NaN],
  [1, 1],
]);
const p = tf.tensor2d([
  [0, 0],
  [0, 3],
]);
const perExample = tf.tensor1d([1, 0]); // the second example does not count
const one = (scalar) => scalar.dataSync()[0];

console.log('all weights 0         tf.losses', one(tf.losses.meanSquaredError(p, p, tf.zeros([2, 2]))));
console.log('                      here     ', one(meanSquaredError.mean(p, p, { weights: tf.zeros([2, 2]) })));
const counts = tf.tensor2d([
  [1, 0],
  [1, 1],
]); // 0 where the label is missing
console.log('NaN of weight 0       tf.losses', one(tf.losses.meanSquaredError(y, p, counts)));
console.log(
  '                      here     ',
  one(meanSquaredError(y, p, { weights: counts, reduction: 'weightedMean' })),
);
const labels = tf.ones([2, 2]);
const predictions = tf.tensor2d([
  [0, 3],
  [1, 1],
]); // so the losses are 1, 4 for the first, 0, 0 for the second example
const reduction = 'meanOverNonzeroWeights';
console.log('weights [1, 0]        tf.losses', one(tf.losses.meanSquaredError(labels, predictions, perExample)));
console.log(
  '                      here     ',
  one(meanSquaredError(labels, predictions, { weights: perExample, reduction })),
);
