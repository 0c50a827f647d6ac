// trap-ignored.mjs: the label of the second of two examples is not known, and is written as −1
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';

const labels = tf.tensor2d([[0], [-1]]);
const predictions = tf.tensor2d([
  [0.5, 0.5],
  [0.5, 0.5],
]); // ln 2 = 0.6931 for each that counts
const kernel = tf.eye(2);
const model = tf.sequential({
  layers: [tf.layers.dense({ units: 2, inputShape: [2], useBias: false, weights: [kernel] })],
});

model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
console.log('tfjs                ', model.evaluate(predictions, labels).dataSync()[0].toFixed(4));
console.log(
  'here, ignoreIndex −1',
  sparseCategoricalCrossentropy.mean(labels, predictions, { ignoreIndex: -1 }).dataSync()[0].toFixed(4),
);
try {
  sparseCategoricalCrossentropy.mean(labels, predictions);
} catch (error) {
  console.log(error.message);
}
