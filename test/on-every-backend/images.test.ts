import * as tf from '@tensorflow/tfjs';
import { imageTotalVariation, msSsim, psnr, ssim, style } from '../../src/index.js';
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

const twoScales = { filterSize: 3, powerFactors: [0.5, 0.5] } as const;

test('at several scales equal images have no dissimilarity, and almost equal ones the digits of theirs', () => {
  const x = image('x');
  expect(compute(() => msSsim(x, x, twoScales))[0]).toBeCloseTo(0, 12);
  const [near, nearer] = [2 ** -9, 2 ** -10].map(
    (step) => compute(() => msSsim(x, tf.add(x, tf.mul(step, tf.sign(tf.sub(image('y'), 0.5)))), twoScales))[0],
  ) as [number, number];
  expect(near).toBeLessThan(1e-3);
  expect(near / nearer).toBeCloseTo(4, 1);
});

test('one scale is the similarity itself, bounded by 0', () => {
  const [x, y] = [image('x'), tf.add(tf.mul(0.75, image('x')), tf.mul(0.25, image('y')))];
  const options = { filterSize: 3 };
  const [own] = compute(() => ssim(x, y, options)) as [number];
  expect(compute(() => msSsim(x, y, { ...options, powerFactors: [1] }))[0]).toBeCloseTo(own, 5);
});

test('a negative has nothing in common with its image, and no slope', () => {
  const x = tf.sub(image('x'), 0.5);
  const loss = (y: tf.Tensor): tf.Tensor => msSsim(x, y, twoScales);
  expect(compute(() => loss(tf.neg(x)))).toEqual([1]);
  for (const slope of compute(() => tf.grad((y) => tf.sum(loss(y)))(tf.neg(x)))) expect(Math.abs(slope)).toBe(0);
});

test('each scale has to hold a window', () => {
  expect(() => msSsim(tf.zeros([1, 160, 200, 3]), tf.zeros([1, 160, 200, 3]))).toThrow(
    'msSsim: images have shape [1,160,200,3]; expected at least filterSize = 11 pixels each way, when halved 4 times',
  );
});

test('the signal-to-noise ratio of equal images is 100 decibels, with no slope', () => {
  const x = image('x');
  expect(compute(() => psnr(x, x))[0]).toBeCloseTo(-100, 4);
  for (const slope of compute(() => tf.grad((y) => tf.sum(psnr(x, y)))(x))) expect(Math.abs(slope)).toBe(0);
});

test('the style of almost equal features has the digits of their difference', () => {
  const x = tf.reshape(image('x'), [1, 6, 13, 2]);
  const step = tf.reshape(tf.sign(tf.sub(image('y'), 0.5)), [1, 6, 13, 2]);
  const [near, nearer] = [2 ** -14, 2 ** -15].map(
    (size) => compute(() => style(x, tf.add(x, tf.mul(size, step))))[0],
  ) as [number, number];
  expect(near / nearer).toBeCloseTo(4, 1);
});
