import * as tf from '@tensorflow/tfjs';
import { categoricalCrossentropy } from '../../../src/index.js';
import * as hand from '../arithmetic.js';

/** The article's example: what a network gives out for the image of a dog, and the article's unit. */
export const logits = [3.2, 1.3, 0.2, 0.8];
export const probabilities = [0.775, 0.116, 0.039, 0.07];
export const isDog = [1, 0, 0, 0];
export const classes = ['dog', 'cat', 'horse', 'cheetah'];
export const bits = { base: 2 } as const;

export const inBits = (nats: tf.Tensor): tf.Tensor => tf.div(nats, Math.LN2);

export const lossOfLogits = (z: tf.Tensor): tf.Tensor =>
  categoricalCrossentropy(isDog, z, { fromLogits: true, ...bits });
export const tfLossOfLogits = (z: tf.Tensor): tf.Tensor =>
  inBits(tf.losses.softmaxCrossEntropy([isDog], tf.reshape(z, [1, 4])));
export const handLossOfLogits = (z: readonly number[]): number => hand.crossEntropy(isDog, hand.softmax(z), 2);

/** Cross-entropy of probabilities, in nats, by tfjs-layers. */
export const layersCrossEntropy = (labels: number[][], predicted: number[][]): tf.Tensor =>
  tf.metrics.categoricalCrossentropy(tf.tensor(labels), tf.tensor(predicted));
