// saturated.mjs: one example whose true class is 0, while the model is more and more sure of class 1
import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy } from 'tfjs-losses';

const label = tf.tensor2d([[1, 0]]);
const ways = {
  'tfjs, probabilities': (x) => tf.metrics.categoricalCrossentropy(label, tf.softmax(x)).mean(),
  'here, probabilities': (x) => categoricalCrossentropy.mean(label, tf.softmax(x)),
  'here, from logits': (x) => categoricalCrossentropy.mean(label, x, { fromLogits: true }),
};
const cell = (number) => String(+number.toPrecision(4)).padStart(10);

for (const [name, loss] of Object.entries(ways)) {
  console.log(`${name}\n   logit gap       loss   gradient`);
  for (const gap of [0, 5, 15, 20, 60, 200]) {
    const { value, grad } = tf.valueAndGrad(loss)(tf.tensor2d([[0, gap]]));
    console.log(`  ${cell(gap)} ${cell(value.dataSync()[0])} ${cell(grad.dataSync()[0])}`);
  }
}
