// trap-label-gradient.mjs: the derivative by labels, which distillation and learned labels need, is −ln p
import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy } from 'tfjs-losses';

const logits = tf.tensor2d([[0, 0]]);
const labels = tf.tensor2d([[1, 0]]);
const shown = (gradient) => Array.from(gradient.dataSync(), (x) => x.toFixed(3)).join(', ');

console.log('−ln p     ', shown(tf.neg(tf.logSoftmax(logits))));
console.log('tf.losses ', shown(tf.grad((y) => tf.losses.softmaxCrossEntropy(y, logits))(labels)));
console.log('here      ', shown(tf.grad((y) => categoricalCrossentropy.mean(y, logits, { fromLogits: true }))(labels)));
