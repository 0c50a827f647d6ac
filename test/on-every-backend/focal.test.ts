import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';
import { compute } from '../support/law.js';

type Call = (predictions: tf.Tensor) => tf.Tensor;

/** Value, gradient and second derivative along all entries. */
function derivatives(call: Call, at: tf.Tensor): number[] {
  const slope: Call = (x) => tf.grad((z) => tf.sum(call(z)))(x);
  return [call, slope, (x: tf.Tensor) => tf.grad((z) => tf.sum(slope(z)))(x)].flatMap((f) => compute(() => f(at)));
}

const certain = [0, 20, 60, 100, 1e4, 1e30, -60, -1e30];
const probabilities = [0, 1, 0.5, 1e-30, 1 - 2 ** -24];

describe.each([0.3, 0.5, 1, 1.5])('where a prediction is certain no derivative of a power of %d is NaN', (gamma) => {
  const labels = [0, 1, 0.5];

  test.each(labels)('binary, of label %d', (label) => {
    const of = (fromLogits: boolean): Call => {
      return (x) => L.binaryFocalCrossentropy(tf.fill(x.shape, label, 'float32'), x, { gamma, fromLogits });
    };
    for (const found of [
      ...derivatives(of(true), tf.tensor1d(certain)),
      ...derivatives(of(false), tf.tensor1d(probabilities)),
    ])
      expect(found).not.toBeNaN();
  });

  test.each([0, 1])('categorical, of label %d', (label) => {
    const of = (fromLogits: boolean): Call => {
      return (x) =>
        L.sparseCategoricalFocalCrossentropy(tf.fill(x.shape.slice(0, 1), label, 'float32'), x, { gamma, fromLogits });
    };
    for (const found of [
      ...derivatives(
        of(true),
        tf.tensor2d(
          certain.flatMap((x) => [x, 0]),
          [certain.length, 2],
        ),
      ),
      ...derivatives(
        of(false),
        tf.tensor2d(
          probabilities.flatMap((p) => [p, 1 - p]),
          [probabilities.length, 2],
        ),
      ),
    ])
      expect(found).not.toBeNaN();
  });

  test.each(labels)('asymmetric, of label %d', (label) => {
    for (const clip of [0, 0.05]) {
      const call: Call = (x) =>
        L.asymmetric(tf.fill(x.shape, label, 'float32'), x, { gammaPositive: gamma, gammaNegative: gamma, clip });
      for (const found of derivatives(call, tf.tensor1d(certain))) expect(found).not.toBeNaN();
    }
  });
});
