// trap-no-gradient.mjs: the textbook's Huber loss, written with tf.where
import * as tf from '@tensorflow/tfjs';
import { huber } from 'tfjs-losses';

const textbook = (y, p) => {
  const error = tf.abs(tf.sub(y, p));
  const isSmall = tf.lessEqual(error, 1);
  return tf.mean(tf.where(isSmall, tf.mul(0.5, tf.square(error)), tf.sub(error, 0.5)));
};
const y = tf.tensor1d([0, 0]);
const p = tf.tensor1d([0.5, 3]);

console.log('values   ', textbook(y, p).dataSync()[0], huber.mean(y, p).dataSync()[0]);
try {
  tf.grad((x) => textbook(y, x))(p).print();
} catch (error) {
  console.log('textbook ', error.message.split('.')[0]);
}
console.log(
  'here     ',
  tf
    .grad((x) => huber.mean(y, x))(p)
    .arraySync(),
);
