// class-weights.mjs: three labels, and what their classes weigh
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';

const labels = tf.tensor1d([0, 1, 1], 'int32');
const predictions = tf.tensor2d([
  [0.5, 0.5],
  [0.5, 0.5],
  [0.25, 0.75],
]);
const classWeights = [4, 1];
const loss = (options) => sparseCategoricalCrossentropy(labels, predictions, options).arraySync();
const shown = (x) => (Array.isArray(x) ? x.map((y) => y.toFixed(3)).join(', ') : x.toFixed(3));

console.log('each example        ', shown(loss({})));
console.log('with class weights  ', shown(loss({ classWeights })));
console.log('mean (÷ 3, Keras)   ', shown(loss({ classWeights, reduction: 'mean' })));
console.log('weightedMean (÷ 6, PyTorch)', shown(loss({ classWeights, reduction: 'weightedMean' })));
