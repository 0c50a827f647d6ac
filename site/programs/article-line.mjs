// article-line.mjs
import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy, softmaxCrossEntropyWithLogits } from 'tfjs-losses';

const labels = [
  [1, 0, 0],
  [1, 0, 0],
];
const predictions = [
  [0.5, 0.4, 0.1],
  [0.8, 0.1, 0.1],
];

// A mean over all entries counts the zeros too, and divides by the number of classes once more.
const products = tf.mul(labels, tf.log(tf.clipByValue(tf.tensor(predictions), 1e-10, 1)));
console.log('mean over all entries:', tf.neg(tf.mean(products)).dataSync()[0].toFixed(4));

// The loss of an example is the sum over its classes.
console.log(
  'per example:          ',
  categoricalCrossentropy(labels, predictions, { reduction: 'mean' }).dataSync()[0].toFixed(4),
);

// A hopeless example: in two steps its loss is cut off, in one step it is not.
const hopeless = tf.tensor2d([[200, 0, 0]]);
const isSecond = [[0, 1, 0]];
const inTwoSteps = tf
  .neg(tf.log(tf.clipByValue(tf.softmax(hopeless), 1e-10, 1)))
  .mul(isSecond)
  .sum();
console.log('softmax, clip, log:   ', inTwoSteps.dataSync()[0].toFixed(4));
console.log('from logits:          ', softmaxCrossEntropyWithLogits(isSecond, hopeless).dataSync()[0].toFixed(4));
