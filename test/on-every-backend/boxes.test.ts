import * as tf from '@tensorflow/tfjs';
import * as L from '../../src/index.js';

/* Boxes of all sizes: what does not depend on the size has the same value, and derivatives that the size divides. */

const target = [0, 0, 2, 3];
const predicted = [1, 0.5, 4, 3.5];

const losses = [L.iou, L.generalizedIou, L.distanceIou, L.completeIou, L.efficientIou];

function at(loss: (typeof losses)[number], size: number): { value: number; slopes: number[] } {
  return tf.tidy(() => {
    const scaled = (box: readonly number[]): tf.Tensor2D => tf.tensor2d([box.map((x) => x * size)]);
    const of = (boxes: tf.Tensor): tf.Tensor => tf.sum(loss(scaled(target), boxes as tf.Tensor2D, { epsilon: 1e-30 }));
    const { value, grad } = tf.valueAndGrad(of)(scaled(predicted));
    return { value: value.dataSync()[0] as number, slopes: Array.from(grad.dataSync(), (slope) => slope * size) };
  });
}

test.each(losses.map((loss) => [loss.name, loss] as const))('%s of boxes of all sizes', (_, loss) => {
  const own = at(loss, 1);
  for (const size of [2 ** -20, 2 ** 20, 2 ** 50, 2 ** 70, 2 ** 120]) {
    const { value, slopes } = at(loss, size);
    expect(Math.abs(value - own.value)).toBeLessThan(1e-6);
    slopes.forEach((slope, i) => expect(Math.abs(slope - (own.slopes[i] as number))).toBeLessThan(1e-6));
  }
});

test('boxes that differ in the last digits have losses and gradients', () => {
  const near = Math.fround(2 + 2 ** -22);
  const moved = L.iou([target], [[0, 0, near, 3]], { epsilon: 1e-12, reduction: 'none' }).dataSync()[0] as number;
  expect(moved / (near / 2 - 1)).toBeCloseTo(1, 5);
});

test('a box much smaller than the other has a gradient', () => {
  const of = (boxes: tf.Tensor): tf.Tensor => tf.sum(L.generalizedIou([[0, 0, 1e15, 1e15]], boxes as tf.Tensor2D));
  const slopes = tf
    .grad(of)(tf.tensor2d([[-1e-3, -2e-3, -5e-4, -1e-3]]))
    .dataSync();
  for (const slope of slopes) expect(Math.abs(slope)).toBeGreaterThan(0);
});
