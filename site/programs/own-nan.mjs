// own-nan.mjs: a loss of one's own, whose root has no derivative at 0
import * as tf from '@tensorflow/tfjs';
import { inspect } from 'tfjs-losses/layers';

const distance = (y, p) => tf.sqrt(tf.sum(tf.square(tf.sub(y, p)), -1));
const labels = tf.tensor2d([
  [1, 2],
  [3, 4],
]);
const predictions = tf.tensor2d([
  [1, 2],
  [3, 5],
]); // the first is exactly right

console.log(String(await inspect(distance, labels, predictions)));
