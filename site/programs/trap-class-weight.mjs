// trap-class-weight.mjs: class 2 is to count ten times; the gradient tells if it does
import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

const x = tf.ones([2, 1]);
const y = tf.tensor2d([
  [0, 1, 0],
  [0, 0, 1],
]);

async function step(name, compiled) {
  const layer = tf.layers.dense({ units: 3, inputShape: [1], kernelInitializer: 'zeros', useBias: false });
  const model = tf.sequential({ layers: [layer] });
  compiled(model, tf.train.sgd(1));
  await model.fit(x, y, { epochs: 1, verbose: 0, classWeight: { 0: 1, 1: 1, 2: 10 } });
  const moved = Array.from(model.getWeights()[0].dataSync(), (w) => w.toFixed(2).padStart(6));
  console.log(name.padEnd(32), moved.join(' '));
}

console.log('one step moves the weights by');
await step('tf.losses.softmaxCrossEntropy', (model, optimizer) =>
  model.compile({ optimizer, loss: tf.losses.softmaxCrossEntropy }),
);
const loss = categoricalCrossentropy.with({ fromLogits: true });
await step('categoricalCrossentropy, compile', (model, optimizer) => compile(model, { optimizer, loss }));
