// trap-zero.mjs: nothing counts in a batch; a missing label has weight 0; a batch is empty
import * as tf from '@tensorflow/tfjs';
import { meanSquaredError } from 'tfjs-losses';

const p = tf.tensor2d([
  [0, 0],
  [0, 3],
]);
const y = tf.tensor2d([
  [1, NaN],
  [1, 1],
]);
const counts = tf.tensor2d([
  [1, 0],
  [1, 1],
]); // 0 where the label is missing
const one = (scalar) => scalar.dataSync()[0];

console.log('all weights 0    tf.losses', one(tf.losses.meanSquaredError(p, p, tf.zeros([2, 2]))));
console.log('                 here     ', one(meanSquaredError.mean(p, p, { weights: tf.zeros([2, 2]) })));
console.log('NaN of weight 0  tf.losses', one(tf.losses.meanSquaredError(y, p, counts)));
console.log('                 here     ', one(meanSquaredError(y, p, { weights: counts, reduction: 'weightedMean' })));
console.log('empty batch      tf.losses', one(tf.losses.meanSquaredError(tf.zeros([0, 2]), tf.zeros([0, 2]))));
console.log('                 here     ', one(meanSquaredError.mean(tf.zeros([0, 2]), tf.zeros([0, 2]))));
