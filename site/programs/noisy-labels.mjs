// noisy-labels.mjs: every fifth label is wrong; how much each loss lets the wrong ones pull
import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy, generalizedCrossentropy } from 'tfjs-losses';

const losses = {
  'cross-entropy': categoricalCrossentropy,
  'label smoothing 0.1': categoricalCrossentropy.with({ labelSmoothing: 0.1 }),
  'generalized, q 0.5': generalizedCrossentropy,
  'generalized, q 1': generalizedCrossentropy.with({ q: 1 }),
};
// The model gives the labelled class a probability of 0.9, 0.5, 0.1, 0.01: a label with 0.01 is probably wrong.
const p = [0.9, 0.5, 0.1, 0.01];
console.log('probability of the label'.padEnd(25), p.map((x) => String(x).padStart(7)).join(''));
for (const [name, loss] of Object.entries(losses)) {
  const logits = tf.tensor2d(p.map((x) => [Math.log(x / (1 - x)), 0]));
  const labels = tf.tensor2d(p.map(() => [1, 0]));
  const pull = tf
    .grad((x) => loss(labels, tf.softmax(x), { reduction: 'sum' }))(logits)
    .arraySync();
  console.log(name.padEnd(25), pull.map(([x]) => x.toFixed(3).padStart(7)).join(''));
}
