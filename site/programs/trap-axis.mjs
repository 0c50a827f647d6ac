// trap-axis.mjs: two examples of two entries; the second example is not to count
import * as tf from '@tensorflow/tfjs';
import { meanSquaredError } from 'tfjs-losses';

const labels = tf.ones([2, 2]);
const predictions = tf.tensor2d([
  [0, 3],
  [1, 1],
]); // the losses are 1, 4 of the first, 0, 0 of the second example
const weights = tf.tensor1d([1, 0]);

console.log('tf.losses', tf.losses.meanSquaredError(labels, predictions, weights).dataSync()[0], '= (1 + 0) ÷ 2');
const reduction = 'meanOverNonzeroWeights';
console.log('here     ', meanSquaredError(labels, predictions, { weights, reduction }).dataSync()[0], '= (1 + 4) ÷ 2');
