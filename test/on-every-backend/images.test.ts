import * as tf from '@tensorflow/tfjs';
import { imageTotalVariation, ssim } from '../../src/index.js';
import { numbers } from '../support/draw.js';
import { compute } from '../support/law.js';

const image = (seed: string): tf.Tensor4D => tf.tensor4d(numbers(seed, 12 * 13), [1, 12, 13, 1]);

test('equal images have no dissimilarity, and no slope', () => {
  const x = image('x');
  expect(compute(() => ssim(x, x))).toEqual([0]);
  for (const slope of compute(() => tf.grad((y) => tf.sum(ssim(x, y)))(x))) expect(Math.abs(slope)).toBeLessThan(1e-12);
});

test('of almost equal images the dissimilarity has its digits', () => {
  const x = image('x');
  const [near, nearer] = [2 ** -9, 2 ** -10].map(
    (step) =>
      compute(() => ssim(x, tf.add(x, tf.mul(step, tf.sub(tf.mul(2, tf.step(tf.sub(image('y'), 0.5))), 1)))))[0],
  ) as [number, number];
  // It is a square in the difference.
  expect(near).toBeLessThan(1e-3);
  expect(near / nearer).toBeCloseTo(4, 1);
});

test('a shift of bright and almost even images has the digits of their variances', () => {
  const noise = tf.mul(2 ** -10, tf.round(tf.mul(8, tf.sub(image('x'), 0.5))));
  const other = tf.mul(2 ** -10, tf.round(tf.mul(8, tf.sub(image('y'), 0.5))));
  // Without the constants means and variances are compared by themselves.
  const options = { k1: 1e-10, k2: 1e-3 };
  const structure = (level: number): number =>
    compute(() => ssim(tf.add(noise, level), tf.add(other, level), options))[0] as number;
  // The square of the mean is so large that by it no digit of the variance would be left.
  expect(structure(32) / structure(16)).toBeCloseTo(1, 2);
});

test('scales with the range', () => {
  const [x, y] = [image('x'), image('y')];
  const [small] = compute(() => ssim(x, y)) as [number];
  const [large] = compute(() => ssim(tf.mul(256, x), tf.mul(256, y), { maxValue: 256 })) as [number];
  expect(large).toBeCloseTo(small, 5);
});

test('images have to hold a window', () => {
  expect(() => ssim(tf.zeros([1, 10, 20, 3]), tf.zeros([1, 10, 20, 3]))).toThrow(
    'ssim: images have shape [1,10,20,3]; expected at least filterSize = 11 pixels each way',
  );
});

test('the variation of a single pixel, a row and a column', () => {
  expect(compute(() => imageTotalVariation(tf.ones([2, 1, 1, 3])))).toEqual([0, 0]);
  expect(compute(() => imageTotalVariation(tf.tensor4d([1, 3, 2], [1, 1, 3, 1])))).toEqual([3]);
  expect(compute(() => imageTotalVariation(tf.tensor4d([1, 3, 2], [1, 3, 1, 1])))).toEqual([3]);
  expect(compute(() => tf.grad((x) => tf.sum(imageTotalVariation(x)))(tf.ones([1, 1, 1, 1])))).toEqual([0]);
});
