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
  expect(at({})).toEqual([1, 0]);
  expect(at({ prediction: 'sample' })).toEqual([0, 5]);
  expect(at({ prediction: 'velocity' })).toEqual([0, 0]);
  expect(at({ prediction: 'velocity', weighting: 'snr' })).toEqual([0, 1]);
});
