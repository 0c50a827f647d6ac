import * as tf from '@tensorflow/tfjs';
import { gradientPenalty } from '../../src/index.js';
import { isHalf } from '../../src/numerics/portable.js';
import { assertClose, compute } from '../support/law.js';

/* It is no loss of the list, so that neither laws nor goldens look at it. */

const real = [
  [1, 2],
  [3, 0],
];
const fake = [
  [1, 0],
  [-1, 0],
];

/** The penalty of critics with a number k, their sum as a function of it. The mixtures are (1, 1) and (3, 0). */
const penaltyOf =
  (critic: (x: tf.Tensor, k: tf.Tensor) => tf.Tensor) =>
  (k: tf.Tensor): tf.Tensor =>
    tf.sum(gradientPenalty((x) => critic(x, k), real, fake, { mix: [[0.5], [1]], weight: 1 }));

export const gradientPenaltyTests = [
  {
    title: 'gradientPenalty of k·‖x‖², and its derivative for k',
    run: (): void => holds((x, k) => tf.mul(k, tf.sum(tf.square(x), -1)), [Math.sqrt(8), 6]),
  },
  {
    // The slopes are k and k, and k and k/2.
    title: 'gradientPenalty of a critic with a leaky relu, and its derivative for its slope',
    run: (): void =>
      holds((x, k) => tf.mul(k, tf.sum(leaky(tf.sub(x, [0, 0.5])), -1)), [Math.sqrt(2), Math.sqrt(1.25)]),
  },
];

const leaky = (x: tf.Tensor): tf.Tensor => tf.sub(tf.relu(x), tf.mul(0.5, tf.relu(tf.neg(x))));

/** Throws unless the penalty at k = 2 is that of gradients whose lengths are k times these. */
function holds(critic: (x: tf.Tensor, k: tf.Tensor) => tf.Tensor, lengths: readonly number[]): void {
  const f = penaltyOf(critic);
  const add = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0);
  const tolerance = isHalf() ? 2 ** -6 : 1e-4;
  assertClose(
    compute(() => f(tf.scalar(2))),
    [add(lengths.map((x) => (2 * x - 1) ** 2))],
    tolerance,
    'the penalty',
  );
  assertClose(
    compute(() => tf.grad(f)(tf.scalar(2))),
    [add(lengths.map((x) => 2 * x * (2 * x - 1)))],
    tolerance,
    'its derivative',
  );
}
