/*
 * The names by which TensorFlow's tutorials call these computations: those of `tf.nn`, and, in
 * `losses`, those of `tf.losses`. The mathematics is that of this package's losses.
 */

import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { real } from '../definition/domain.js';
import { fail, show } from '../definition/fail.js';
import { advisedAs } from '../call/adviceSlot.js';
import { castTo, toArgument } from '../call/argument.js';
import { atLeast, atMost } from '../numerics/functions.js';
import { withoutGradient } from '../numerics/autodiff.js';
import { sum } from '../numerics/sum.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy } from '../losses/index.js';
import { mul, square, tidy } from '../tfjs/ops.js';
import * as losses from './losses.js';

// In two steps, for bundlers that do not know `export * as`, such as Metro with its own Babel.
export { losses };

/**
 * Every x below `min` becomes `min`, every x above `max` becomes `max`; NaN stays NaN. The derivative is 1 from `min`
 * to `max` and 0 elsewhere.
 *
 * @throws if `min` is greater than `max`.
 * @see TensorFlow `tf.clip_by_value`.
 * @example clipByValue([[1, 2, 3], [4, 5, 6]], 2.5, 4.5) // [[2.5, 2.5, 3], [4, 4.5, 4.5]]
 */
export function clipByValue(x: TensorInput, min: number, max: number): Tensor {
  if (![min, max].every((bound) => typeof bound === 'number') || !(min <= max)) {
    fail('clipByValue', `min is ${show(min)} and max ${show(max)}; expected min <= max, both numbers`);
  }
  return tidy(() => atMost(atLeast(read('clipByValue', 'x', x), min), max));
}

/**
 * x itself, held constant: its derivative is 0, of every order. For target networks, teachers and the branches of SimSiam
 * and BYOL, `cosineDistance(stopGradient(z), p)`.
 *
 * @see TensorFlow `tf.stop_gradient`, PyTorch `detach`.
 * @example stopGradient([1, 2]) // [1, 2]
 */
export function stopGradient(x: TensorInput): Tensor {
  return tidy(() => withoutGradient(read('stopGradient', 'x', x)));
}

/**
 * Cross-entropy of label probabilities and logits, in nats: one value per position left when `axis` is removed.
 *
 * @throws if the shapes differ.
 * @see TensorFlow `tf.nn.softmax_cross_entropy_with_logits`.
 * @example softmaxCrossEntropyWithLogits([[1, 0]], [[2, 1]]) // [0.3133]
 */
export function softmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput, axis = -1): Tensor {
  return categoricalCrossentropy(labels, logits, { fromLogits: true, axis, reduction: 'none' });
}

/**
 * Cross-entropy of class indices and logits `(...,C)`, in nats: one value per label.
 *
 * @throws if the shapes do not fit or a label is no class index.
 * @see TensorFlow `tf.nn.sparse_softmax_cross_entropy_with_logits`.
 * @example sparseSoftmaxCrossEntropyWithLogits([0], [[2, 1]]) // [0.3133]
 */
export function sparseSoftmaxCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor {
  return sparseCategoricalCrossentropy(labels, logits, { fromLogits: true, reduction: 'none' });
}

/**
 * Binary cross-entropy of labels and logits, in nats, element by element.
 *
 * @throws if the shapes differ.
 * @see TensorFlow `tf.nn.sigmoid_cross_entropy_with_logits`.
 * @example sigmoidCrossEntropyWithLogits([1, 0], [0, 1]) // [0.6931, 1.3133]
 */
export function sigmoidCrossEntropyWithLogits(labels: TensorInput, logits: TensorInput): Tensor {
  return binaryCrossentropy(labels, logits, { fromLogits: true, reduction: 'none' });
}

/**
 * Binary cross-entropy in which positive labels count `posWeight` times, in nats, element by element.
 *
 * @throws if the shapes differ or a weight is negative.
 * @see TensorFlow `tf.nn.weighted_cross_entropy_with_logits`.
 * @example weightedCrossEntropyWithLogits([1, 0], [0, 1], 2) // [1.3863, 1.3133]
 */
export function weightedCrossEntropyWithLogits(
  labels: TensorInput,
  logits: TensorInput,
  posWeight: TensorInput,
): Tensor {
  const given = posWeight as TensorInput | null | undefined;
  if (given === null || given === undefined) {
    fail('weightedCrossEntropyWithLogits', `posWeight is ${show(given)}; expected a number, or one per entry`);
  }
  return binaryCrossentropy(labels, logits, { fromLogits: true, posWeight, reduction: 'none' });
}

/**
 * Half the sum of squares, Σ t² ÷ 2: the penalty on weights.
 *
 * @see TensorFlow `tf.nn.l2_loss`.
 * @example l2Loss([1, 2]) // 2.5
 */
export function l2Loss(t: TensorInput): Scalar {
  return tidy(() => mul(0.5, sum(square(read('l2Loss', 't', t)))));
}

const read = (who: string, name: string, value: TensorInput): Tensor =>
  advisedAs(who, () => castTo(real, toArgument(who, name, value).tensor));
