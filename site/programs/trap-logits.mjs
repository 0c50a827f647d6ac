// trap-logits.mjs: a sparse loss of tfjs takes logits for probabilities
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';

const labels = tf.tensor2d([[0]]);
const logits = tf.tensor2d([[0, 10]]); // ln(1 + e¹⁰) = 10.00005

const model = tf.sequential({
  layers: [tf.layers.dense({ units: 2, inputShape: [2], useBias: false, weights: [tf.eye(2)] })],
});
model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
console.log('tfjs, by name     ', model.evaluate(logits, labels).dataSync()[0].toFixed(4));
console.log(
  'here, fromLogits  ',
  sparseCategoricalCrossentropy.mean(labels, logits, { fromLogits: true }).dataSync()[0].toFixed(4),
);
