import * as tf from '@tensorflow/tfjs';
import { exp } from '../../src/numerics/functions.js';
import { binaryCrossentropy, categoricalCrossentropy, meanSquaredError } from '../../src/index.js';

/** What a tfjs op takes. */
export type Input = tf.Tensor | tf.TensorLike;

type TensorFunction = (x: tf.Tensor) => tf.Tensor;

const total =
  (f: TensorFunction) =>
  (x: tf.Tensor): tf.Tensor =>
    tf.sum(f(x));

/** First derivative of each f(x) by its own x; the gradient where f gives one number for all. */
export const slope = (f: TensorFunction, at: tf.TensorLike): tf.Tensor => tf.grad(total(f))(tf.tensor(at));

/** Second derivative of each f(x) by its own x. */
export const curvature = (f: TensorFunction, at: tf.TensorLike): tf.Tensor =>
  tf.grad(total((x) => tf.grad(total(f))(x)))(tf.tensor(at));

/** Gradient descent by tfjs's own optimizer: the start and where each step leads. */
export function descend(loss: TensorFunction, start: readonly number[], rate: number, steps: number): number[][] {
  const x = tf.variable(tf.tensor1d([...start]));
  const optimizer = tf.train.sgd(rate);
  const path = [[...start]];
  for (let i = 0; i < steps; i++) {
    optimizer.minimize(() => tf.sum(loss(x)), false, [x]);
    path.push(Array.from(x.dataSync()));
  }
  optimizer.dispose();
  x.dispose();
  return path;
}

/** Logits (x, 0, 0) for each x: the other two classes weigh e⁰ + e⁰ = 2, which is the article's c₂. */
export const besideTwoZeros = (x: tf.Tensor): tf.Tensor =>
  tf.concat([tf.reshape(x, [-1, 1]), tf.zeros([x.size, 2])], 1);

/** Cross-entropy of (x, 0, 0) where the first class is true: −ln(eˣ ÷ (eˣ + 2)). */
export function crossEntropyOverSoftmax(x: tf.Tensor): tf.Tensor {
  const firstIsTrue = tf.tile([[1, 0, 0]], [x.size, 1]);
  return categoricalCrossentropy(firstIsTrue, besideTwoZeros(x), { fromLogits: true });
}

/**
 * Probability of the first class, eˣ ÷ (eˣ + 2), from this package's cross-entropy: the second derivative of tfjs's
 * own softmax is silently wrong, as an entry shows.
 */
export const probabilityOfFirst = (x: tf.Tensor): tf.Tensor => exp(tf.neg(crossEntropyOverSoftmax(x)));

/** (1 − eˣ ÷ (eˣ + 2))²: the squared error of the first class, which is true. */
export const squaredErrorOverSoftmax = (x: tf.Tensor): tf.Tensor =>
  meanSquaredError(tf.onesLike(x), probabilityOfFirst(x));

/** The same probability by tfjs's own softmax. */
export const tfProbabilityOfFirst = (x: tf.Tensor): tf.Tensor =>
  tf.reshape(tf.slice(tf.softmax(besideTwoZeros(x)), [0, 0], [-1, 1]), [-1]);

/** Squared error of a sigmoid where the truth is 0. */
export const squaredErrorOverSigmoid = (x: tf.Tensor): tf.Tensor => meanSquaredError(tf.zerosLike(x), tf.sigmoid(x));

/** Cross-entropy of a sigmoid where the truth is 0. */
export const crossEntropyOverSigmoid = (x: tf.Tensor): tf.Tensor =>
  binaryCrossentropy(tf.zerosLike(x), x, { fromLogits: true });

/** −Σ p·ln q over the last axis, in tfjs's ops. */
export const tfCrossEntropy = (p: Input, q: Input): tf.Tensor => tf.neg(tf.sum(tf.mul(p, tf.log(q)), -1));

/** A loss of tfjs-layers by its name: what `compile` and `evaluate` make of it, the mean over the examples. */
export function layersLoss(name: string, labels: number[][], predictions: number[][]): tf.Tensor {
  const passThrough = tf.layers.activation({ activation: 'linear', inputShape: [predictions[0]?.length ?? 0] });
  const model = tf.sequential({ layers: [passThrough] });
  model.compile({ optimizer: 'sgd', loss: name });
  const loss = model.evaluate(tf.tensor(predictions), tf.tensor(labels)) as tf.Tensor;
  model.optimizer.dispose();
  return loss;
}
