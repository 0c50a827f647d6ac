// trap-save.mjs: a model with a loss of its own is saved, loaded, and trained on
import * as tf from '@tensorflow/tfjs';
import { huber } from 'tfjs-losses';
import { compile, load, save } from 'tfjs-losses/layers';

const x = tf.ones([2, 1]);
const y = tf.ones([2, 1]);
const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
let file;
const handler = tf.io.withSaveHandler(async (artifacts) => {
  file = artifacts;
  return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
});
const warn = console.warn;

console.warn = () => {};
model.compile({ optimizer: 'sgd', loss: (labels, p) => tf.losses.huberLoss(labels, p) });
await model.save(handler, { includeOptimizer: true });
try {
  const back = await tf.loadLayersModel(tf.io.fromMemory(file));
  await back.fit(x, y, { verbose: 0 });
} catch (error) {
  console.log('tfjs:', error.message.replace(/^\w+/, 'the loss'));
}
console.warn = warn;

compile(model, { optimizer: 'sgd', loss: huber.with({ delta: 2 }) });
await save(model, handler);
const back = await load(tf.io.fromMemory(file));
const { history } = await back.fit(x, y, { verbose: 0 });
console.log('here: loss', history.loss[0]);
