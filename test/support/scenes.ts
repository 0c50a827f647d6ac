import * as tf from '@tensorflow/tfjs';
import type { FindingCode } from '../../src/layers/index.js';

/** A compiled model with its data. */
export interface Scene {
  readonly model: tf.LayersModel;
  readonly x: unknown;
  readonly y?: unknown;
  readonly args?: object;
}

/** Examples of two numbers and more, drawn once. */
export const normal = (shape: number[], seed = 1): tf.Tensor => tf.randomNormal(shape, 0, 1, 'float32', seed);

const weights = (seed: number): object => ({ kernelInitializer: tf.initializers.glorotNormal({ seed }) });

/** A layer of units with drawn weights. */
export const dense = (units: number, activation: string | null, seed: number, more: object = {}): tf.layers.Layer =>
  tf.layers.dense({
    units,
    ...(activation !== null && { activation: activation as 'relu' }),
    ...weights(seed),
    ...more,
  });

interface Hidden {
  readonly hidden?: number;
  readonly activation?: string;
  readonly seed?: number;
  readonly more?: object;
}

/** A model of a hidden layer and a last one. */
export const perceptron = (
  inputs: number,
  last: tf.layers.Layer,
  { hidden = 16, activation = 'tanh', seed = 5, more = {} }: Hidden = {},
): tf.Sequential =>
  tf.sequential({ layers: [dense(hidden, activation, seed, { inputShape: [inputs], ...more }), last] });

/** Labels that the inputs tell: which of so many sums of inputs is the largest, as indices [n]. */
export const classesOf = (x: tf.Tensor, classes: number, seed = 9): tf.Tensor =>
  tf.tidy(() =>
    tf.argMax(tf.matMul(x as tf.Tensor2D, normal([x.shape[1] as number, classes], seed) as tf.Tensor2D), 1),
  );

export const oneHot = (indices: tf.Tensor, classes: number): tf.Tensor =>
  tf.tensor2d(
    Array.from(indices.dataSync(), (index) => Array.from({ length: classes }, (_, c) => Number(c === index))),
  );

export const yesOrNo = (x: tf.Tensor): tf.Tensor => tf.tidy(() => tf.step(x.slice([0, 0], [-1, 1])));

export type { FindingCode };
