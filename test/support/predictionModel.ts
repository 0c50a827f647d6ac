import * as tf from '@tensorflow/tfjs';
import { numbers, sizeOf, toTensor, type Values } from './draw.js';

type Predictions = Pick<Values, 'data' | 'shape'>;

/** A model that says these predictions to the inputs `inputsFor` gives, whose only weights are the predictions. */
export function modelSaying({ data, shape }: Predictions): tf.Sequential {
  const [batch = 1, ...rest] = shape;
  const units = sizeOf(rest);
  const model = tf.sequential({ layers: [tf.layers.dense({ units, inputShape: [batch], useBias: false })] });
  model.add(tf.layers.reshape({ targetShape: [...rest] }));
  model.setWeights([tf.tensor2d([...data], [batch, units])]);
  return model;
}

/** Picks one of the predictions for each example. */
export const inputsFor = ({ shape }: Pick<Values, 'shape'>): tf.Tensor2D => tf.eye(shape[0] ?? 1);

/** What the model says now. */
export const saidBy = (model: tf.LayersModel): number[] => Array.from((model.getWeights()[0] as tf.Tensor).dataSync());

/** What one step of gradient descent at this rate makes of predictions, by hand. */
export function stepByHand(
  loss: (predictions: tf.Tensor) => tf.Tensor,
  { data, shape }: Predictions,
  rate: number,
): number[] {
  return tf.tidy(() => {
    const at = toTensor({ data, shape, dtype: 'float32' });
    return Array.from(tf.sub(at, tf.mul(tf.grad((p) => loss(p).asScalar())(at), rate)).dataSync());
  });
}

/** The numbers of `evaluate` by name. */
export function evaluated(model: tf.LayersModel, result: tf.Scalar | tf.Scalar[]): Record<string, number> {
  const found = [result].flat().map(numberOf);
  return Object.fromEntries(model.metricsNames.map((name, i) => [name, found[i] as number]));
}

/** Random numbers of a shape, the same for the same seed. */
export const random = (seed: string, shape: number[], range: readonly [number, number] = [-2, 2]): tf.Tensor =>
  tf.tensor(numbers(seed, sizeOf(shape), range), shape);

export const valuesOf = (x: tf.Tensor): Predictions => ({ data: Array.from(x.dataSync()), shape: x.shape });

export const numberOf = (x: tf.Tensor): number => x.dataSync()[0] as number;
