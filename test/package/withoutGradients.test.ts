import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import * as exported from '../../src/index.js';
import { lackingCalls } from '../support/messages.js';

/* No file that is imported here brings the gradients of tfjs. */

const { call, before, now } = lackingCalls.gradients;

const gradient = (): tf.Tensor =>
  tf.grad((x) => exported.huber([0, 1, 2], x, { reduction: 'mean' }))(tf.tensor1d([0.5, 1, 4]));

test('values are computed without a warning, an error of a gradient names the import, and the import is enough', async () => {
  const warned = jest.spyOn(console, 'warn').mockImplementation();
  expect(call).toContain('tf.grad((x) => huber(');
  expect(before).toMatch(/^Cannot compute gradient: gradient function not found/);
  await tf.setBackend('cpu');
  expect(exported.huber([0, 1], [3, 1]).arraySync()).toEqual([2.5, 0]);
  expect(exported.generalizedCrossentropy([[1, 0]], [[0.75, 0.25]], { q: 1 }).arraySync()).toEqual([
    expect.closeTo(0.25),
  ]);
  for (let i = 0; i < 2; i++) expect(gradient).toThrow(now);
  expect(warned.mock.calls.flat().filter((text) => String(text).startsWith('tfjs-losses'))).toEqual([]);
  await import('@tensorflow/tfjs');
  expect(gradient().arraySync()).toEqual([expect.closeTo(1 / 6), 0, expect.closeTo(1 / 3)]);
});
