// columns.mjs: one output of seven numbers, three scores of classes and a box of four
import * as tf from '@tensorflow/tfjs';
import { combine, huber, sparseCategoricalCrossentropy } from 'tfjs-losses';

const detection = combine(
  {
    kind: [sparseCategoricalCrossentropy.with({ fromLogits: true }), 1, { labels: 'kind', predictions: 'kind' }],
    box: [huber, 2, { labels: 'box', predictions: 'box' }],
  },
  { labels: { kind: 1, box: 4 }, predictions: { kind: 3, box: 4 } }, // how many columns each name has, in order
);

const labels = tf.tensor2d([[2, 0.1, 0.1, 0.5, 0.5]]); // class 2, and its box
const predictions = tf.tensor2d([[0, 0, 3, 0.2, 0.1, 0.4, 0.5]]);

const { kind, box } = detection.values(labels, predictions);
const number = (value) => value.dataSync()[0].toFixed(4);
console.log(`kind ${number(kind)}, box ${number(box)}`);
console.log(`1 × kind + 2 × box = ${number(detection(labels, predictions))}`);
