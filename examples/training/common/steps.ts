// What the examples share: noise and weights that seeds fix, a dense layer, steps of an optimizer, and a loop.

import * as tf from '@tensorflow/tfjs';

/** What is watched in training: the loss before each step, and what else there is. */
export type Course<Else extends string = never> = Readonly<Record<'loss' | Else, readonly number[]>>;

export const normal = (shape: [number, number], seed: number): tf.Tensor2D =>
  tf.randomNormal<tf.Rank.R2>(shape, 0, 1, 'float32', seed);

/** A table of weights for `shape[0]` inputs, small enough that what comes out is as large as what goes in. */
export const kernel = (shape: [number, number], seed: number): tf.Variable<tf.Rank.R2> =>
  tf.tidy(() => tf.variable(tf.div(normal(shape, seed), Math.sqrt(shape[0]))));

export const bias = (size: number): tf.Variable<tf.Rank.R1> => tf.tidy(() => tf.variable(tf.zeros<tf.Rank.R1>([size])));

export const dense = (x: tf.Tensor, kernel: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D =>
  tf.add(tf.matMul(x as tf.Tensor2D, kernel), bias);

/** A function that takes one step of Adam down a loss, and gives what the loss was before. */
export function descent(
  weights: Readonly<Record<string, tf.Variable>>,
  rate: number,
): (loss: () => tf.Tensor) => number {
  const optimizer = tf.train.adam(rate);
  return (loss) =>
    tf.tidy(() => optimizer.minimize(() => loss().asScalar(), true, Object.values(weights))?.dataSync()[0] ?? NaN);
}

export const times = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i));
