// trap-stuck.mjs: a classifier that starts sure and wrong, 100 steps of gradient descent
import * as tf from '@tensorflow/tfjs';
import { compile } from 'tfjs-losses/layers';

const x = tf.ones([1, 1]);
const y = tf.tensor2d([[1, 0]]); // class 0
const start = tf.tensor2d([[-30, 30]]); // sure of class 1

async function train(name, compiled) {
  const layer = tf.layers.dense({ units: 2, activation: 'softmax', inputShape: [1], useBias: false, weights: [start] });
  const model = tf.sequential({ layers: [layer] });
  compiled(model, { optimizer: tf.train.sgd(1), loss: 'categoricalCrossentropy' });
  const { history } = await model.fit(x, y, { epochs: 100, verbose: 0 });
  console.log(name.padEnd(14), history.loss[0].toFixed(3), '→', history.loss[99].toFixed(3));
}

await train('model.compile', (model, args) => model.compile(args));
await train('compile', compile);
