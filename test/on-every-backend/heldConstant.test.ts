import * as tf from '@tensorflow/tfjs';
import { cosineDistance, qLearning, stopGradient } from '../../src/index.js';
import { byFormula, compute } from '../support/law.js';

test('stopGradient is the number itself, with the derivative 0 of first and second order', () => {
  expect(compute(() => stopGradient([1, 2]))).toEqual([1, 2]);
  const x = tf.tensor1d([1, -2]);
  const cubed = (y: tf.Tensor): tf.Tensor => tf.sum(tf.mul(tf.square(y), stopGradient(y)));
  expect(compute(() => tf.grad(cubed)(x))).toEqual([2, 8]);
  expect(compute(() => tf.grad((y) => tf.sum(tf.grad(cubed)(y)))(x))).toEqual([2, -4]);
  expect(compute(() => tf.grad((y) => tf.sum(stopGradient(y)))(x))).toEqual([0, 0]);
  expect(compute(() => tf.grad((y) => tf.sum(tf.grad((z) => tf.sum(stopGradient(z)))(y)))(x))).toEqual([0, 0]);
});

test('stopGradient leaves nothing behind', () => {
  const x = tf.tensor1d([1, -2]);
  const before = tf.memory().numTensors;
  stopGradient(x).dispose();
  tf.grad((y) => tf.sum(tf.mul(y, stopGradient(y))))(x).dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a branch that is stopped leaves the other one its gradient', () => {
  const [z, p] = [tf.tensor2d([[1, 0]]), tf.tensor2d([[0.6, 0.8]])];
  const loss = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => cosineDistance(stopGradient(a), b, { reduction: 'sum' });
  const [ofZ, ofP] = tf.grads(loss)([z, p]) as [tf.Tensor, tf.Tensor];
  expect(Array.from(ofZ.dataSync())).toEqual([0, 0]);
  expect(ofP.dataSync()[0]).toBeCloseTo(-0.64, 4);
});

test('nothing is differentiated through the discount, with kernels and without', () => {
  const values = tf.tensor2d([
    [0, 2],
    [1, 1],
    [0.5, 0],
  ]);
  const next = tf.tensor2d([
    [0.5, 1],
    [3, 2],
    [1, 4],
  ]);
  const f = (discount: tf.Tensor, q: tf.Tensor): tf.Tensor =>
    qLearning([1, 0, 1], [1, 0, 0], q, next, { discount, delta: Infinity, reduction: 'sum' });
  const both = (): number[] =>
    tf.tidy(() => {
      const at = [tf.tensor1d([0.5, 0, 1]), values];
      f(...(at as [tf.Tensor, tf.Tensor]));
      const [value, gradients] = [f(...(at as [tf.Tensor, tf.Tensor])), tf.grads(f)(at)];
      return [value, ...gradients].flatMap((x) => Array.from(x.dataSync()));
    });
  // Errors of −0.5, −1 and 4.
  const expected = [0.125 + 0.5 + 8, 0, 0, 0, 0, 0.5, 1, 0, 0, -4];
  both().forEach((x, i) => expect(x).toBeCloseTo(expected[i] as number, 3));
  byFormula(both).forEach((x, i) => expect(x).toBeCloseTo(expected[i] as number, 3));
});
