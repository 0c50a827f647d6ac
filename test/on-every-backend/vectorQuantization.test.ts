import * as tf from '@tensorflow/tfjs';
import { diffusion, vectorQuantization } from '../../src/index.js';
import { assertClose, compute } from '../support/law.js';

const latents = tf.tensor1d([1, -2, 0.5]);
const codes = tf.tensor1d([0, -1, 0.5]);
const total = (z: tf.Tensor, e: tf.Tensor): tf.Tensor => tf.sum(vectorQuantization(z, e, { commitment: 0.25 }));

test('codes are drawn to latents, and latents to codes by the commitment', () => {
  assertClose(
    compute(() => tf.grad((e) => total(latents, e))(codes)),
    [-2, 2, 0],
    0,
    'the derivative',
  );
  assertClose(
    compute(() => tf.grad((z) => total(z, codes))(latents)),
    [0.5, -0.5, 0],
    0,
    'the derivative',
  );
});

test('in a derivative each side is what it was for the other', () => {
  const slopes = (z: tf.Tensor, e: tf.Tensor): tf.Tensor => tf.sum(tf.grad((at) => total(at, e))(z));
  assertClose(
    compute(() => tf.grad((z) => slopes(z, codes))(latents)),
    [0.5, 0.5, 0.5],
    0,
    'the derivative',
  );
  assertClose(
    compute(() => tf.grad((e) => slopes(latents, e))(codes)),
    [0, 0, 0],
    0,
    'the derivative',
  );
});

test('a step without noise, and one without signal', () => {
  const at = (options: object): number[] => compute(() => diffusion([[1], [1]], [[0], [0]], [0, Infinity], options));
  assertClose(at({}), [1, 0], 1e-6, 'the loss');
  assertClose(at({ prediction: 'sample' }), [0, 5], 1e-6, 'the loss');
  assertClose(at({ prediction: 'velocity' }), [0, 0], 1e-6, 'the loss');
  assertClose(at({ prediction: 'velocity', weighting: 'snr' }), [0, 1], 1e-6, 'the loss');
});
