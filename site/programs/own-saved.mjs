// own-saved.mjs: a function as loss, saved by its name
import * as tf from '@tensorflow/tfjs';
import { compile, load, save } from 'tfjs-losses/layers';

function dearAbove(labels, predictions) {
  const error = tf.sub(predictions, labels);
  return tf.mean(tf.add(tf.mul(3, tf.square(tf.relu(error))), tf.square(tf.relu(tf.neg(error)))), -1);
}

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
compile(model, { optimizer: 'sgd', loss: dearAbove });
let file;
await save(
  model,
  tf.io.withSaveHandler(async (artifacts) => ((file = artifacts), { modelArtifactsInfo: {} })),
);

try {
  await load(tf.io.fromMemory(file));
} catch (error) {
  console.log('load:', error.message);
}
const back = await load(tf.io.fromMemory(file), { customObjects: { dearAbove } });
console.log('found again: loss', back.evaluate(tf.ones([1, 1]), tf.ones([1, 1])).dataSync()[0]);
