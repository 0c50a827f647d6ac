// combined.mjs: a loss of segmentation from two of this package
import * as tf from '@tensorflow/tfjs';
import { binaryCrossentropy, combine, dice } from 'tfjs-losses';

const loss = combine({
  overlap: [dice.with({ fromLogits: true }), 1],
  pixels: [binaryCrossentropy.with({ fromLogits: true, posWeight: 3 }), 0.5],
});
const labels = tf
  .tensor([
    [0, 1],
    [1, 0],
  ])
  .reshape([1, 2, 2, 1]);
const logits = tf
  .tensor([
    [-2, 1],
    [3, -1],
  ])
  .reshape([1, 2, 2, 1]);

console.log('value', loss.mean(labels, logits).dataSync()[0].toFixed(4));
const { overlap, pixels } = loss.values(labels, logits, { reduction: 'mean' });
console.log('parts', overlap.dataSync()[0].toFixed(4), pixels.dataSync()[0].toFixed(4));
console.log('config', JSON.stringify(loss.config()).slice(0, 62), '…');
