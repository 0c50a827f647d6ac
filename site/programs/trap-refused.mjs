// trap-refused.mjs: class indices with a function as loss, and weights of examples
import * as tf from '@tensorflow/tfjs';
import { sparseCategoricalCrossentropy } from 'tfjs-losses';
import { compile } from 'tfjs-losses/layers';

const x = tf.ones([2, 1]);
const labels = tf.tensor1d([0, 2]);
const sampleWeight = tf.tensor1d([1, 3]);
const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [1], kernelInitializer: 'zeros' })] });
const loss = sparseCategoricalCrossentropy.with({ fromLogits: true });

async function attempt(name, args) {
  try {
    const { history } = await model.fit(x, labels, { epochs: 1, verbose: 0, ...args });
    console.log(`${name}: loss ${history.loss[0].toFixed(4)}`);
  } catch (error) {
    console.log(`${name}: ${error.message}`);
  }
}

model.compile({ optimizer: 'sgd', loss });
await attempt('tfjs, indices', {});
model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
await attempt('tfjs, sampleWeight', { sampleWeight });
compile(model, { optimizer: 'sgd', loss });
await attempt('here, both', { sampleWeight });
