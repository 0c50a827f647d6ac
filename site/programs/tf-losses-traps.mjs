// tf-losses-traps.mjs: three calls of tf.losses, and what comes out of losses instead
import * as tf from '@tensorflow/tfjs';
import { losses } from 'tfjs-losses/tensorflow';

const show = (what, compute) => {
  const [there, here] = [tf.losses, losses].map((from) => compute(from).dataSync().join(' '));
  console.log(`${what}: ${there} there, ${here} here`);
};

show('all weights are 0', (from) => from.meanSquaredError([1], [3], [0]));
show('a probability a little above 1', (from) => from.logLoss([1], [1.000001]));
show('the distance of a vector from itself', (from) => from.cosineDistance([[3, 4]], [[3, 4]], 1));
