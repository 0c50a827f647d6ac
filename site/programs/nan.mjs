// nan.mjs: the loss is NaN; which number made it?
import * as tf from '@tensorflow/tfjs';
import { compile, diagnose } from 'tfjs-losses/layers';

const x = tf.tensor2d([
  [1, 2],
  [3, 4],
  [5, NaN],
  [7, 8],
]);
const y = tf.tensor2d([[1], [0], [1], [0]]);
const model = tf.sequential({
  layers: [tf.layers.dense({ name: 'head', units: 1, activation: 'sigmoid', inputShape: [2] })],
});
compile(model, { optimizer: 'adam', loss: 'binaryCrossentropy' });

const { history } = await model.fit(x, y, { epochs: 2, verbose: 0 });
console.log('loss:', history.loss.join(', '));
console.log(String(await diagnose(model, x, y)));
