// reductions.mjs: one batch of two examples with two entries each, reduced in every way
import * as tf from '@tensorflow/tfjs';
import { meanAbsoluteError } from 'tfjs-losses';

const labels = tf.tensor2d([
  [0, 0],
  [0, 0],
]);
const predictions = tf.tensor2d([
  [1, 2],
  [3, 0],
]); // so the losses are 1, 2, 3, 0
const given = {
  'no options': {},
  weights: { weights: [2, 0.5] }, // one for each example
  mask: {
    mask: [
      [true, true],
      [false, true],
    ],
  },
  both: {
    weights: [2, 0.5],
    mask: [
      [true, true],
      [false, true],
    ],
  },
  'a weight of 0': { weights: [2, 0] },
};
const names = ['none', 'perExample', 'mean', 'sum', 'weightedMean', 'meanOverNonzeroWeights', 'meanOverNonzeroLosses'];
const shown = (value) => JSON.stringify(value, (_, x) => (typeof x === 'number' ? +x.toFixed(3) : x));

for (const [name, options] of Object.entries(given)) {
  console.log(name);
  for (const reduction of names) {
    const value = meanAbsoluteError(labels, predictions, { ...options, reduction });
    console.log(`  ${reduction.padEnd(22)} ${shown(value.arraySync())}`);
  }
}
