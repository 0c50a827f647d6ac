// own-masked.mjs: errors of angles, where 359° and 1° are 2° apart, with all options of huber
import * as tf from '@tensorflow/tfjs';
import { huber } from 'tfjs-losses';

const angular = (labels, predictions, options) => {
  const turn = tf.sub(predictions, labels);
  const wrapped = tf.atan2(tf.sin(turn), tf.cos(turn)); // from −π to π
  return huber(tf.zerosLike(wrapped), wrapped, options);
};

const radians = (degrees) => tf.mul(degrees, Math.PI / 180);
const labels = radians(
  tf.tensor2d([
    [359, 90],
    [10, 0],
  ]),
);
const predictions = radians(
  tf.tensor2d([
    [1, 80],
    [20, 180],
  ]),
);
const mask = [
  [true, true],
  [true, false],
]; // the last angle is not known
const shown = (value) => JSON.stringify(value.arraySync(), (_, x) => (typeof x === 'number' ? +x.toFixed(5) : x));

console.log('per example  ', shown(angular(labels, predictions, { mask })));
console.log('weighted mean', shown(angular(labels, predictions, { mask, weights: [1, 3], reduction: 'weightedMean' })));
const gradient = tf.grad((p) => angular(labels, p, { mask, reduction: 'sum' }))(predictions);
console.log('gradient     ', shown(gradient));
