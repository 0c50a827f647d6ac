// lite.mjs: a whole model without kernels and without the names of losses
import * as tf from '@tensorflow/tfjs';
import { huber } from 'tfjs-losses/lite';
import { compile } from 'tfjs-losses/lite/layers';

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'zeros' })] });
compile(model, { optimizer: tf.train.adam(0.1), loss: huber.with({ delta: 2 }) });
const { history } = await model.fit(tf.tensor2d([[0], [1]]), tf.tensor2d([[1], [4]]), { epochs: 100, verbose: 0 });
console.log(`loss ${history.loss[0].toFixed(2)} → ${history.loss[99].toFixed(2)}`);
try {
  compile(model, { optimizer: 'adam', loss: 'huber' });
} catch (error) {
  console.log(error.message);
}
