import * as tf from '@tensorflow/tfjs';
import { combine, differentialEntropy, getLoss, huber, type Loss, losses } from 'tfjs-losses';
import { fromConfig, toKeras } from 'tfjs-losses/keras';
import { compile, load, save } from 'tfjs-losses/layers';
import { meanSquaredError } from 'tfjs-losses/lite';
import { toKeras as toKerasLite } from 'tfjs-losses/lite/keras';
import { compile as compileLite } from 'tfjs-losses/lite/layers';
import { l2Loss } from 'tfjs-losses/tensorflow';

export const perExample: tf.Tensor = huber([0, 1], [0.5, 2], { delta: 2 });
export const mean: tf.Scalar = huber([0, 1], [0.5, 2], { reduction: 'mean' });
export const named: tf.Tensor = getLoss('mse')([0], [1]);
export const penalty: tf.Scalar = l2Loss([1, 2]);
export const ofTensorFlow: tf.Tensor = losses.huberLoss([0], [1]);
export const both: tf.Tensor = combine({ huber: [huber, 1], square: [meanSquaredError, 0.5] })([0], [1]);
export const ofOneInput: Loss<{ readonly delta: number }> = huber;

// Options that are undefined are as good as none, whatever exactOptionalPropertyTypes says.
const [weights, delta, base]: undefined[] = [];
export const absent: tf.Tensor = huber([0], [1], { weights, mask: undefined, delta, reduction: undefined });
export const fixed: Loss<{ readonly delta: number }> = huber.with({ validate: undefined, delta });
export const ofDensity: tf.Tensor = differentialEntropy(
  { mean: 0, standardDeviation: 1, logVariance: undefined },
  { base },
);

// @ts-expect-error no such option: the types are there, not `any`
huber([0], [1], { detla: 2 });

export async function train(): Promise<number> {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  const compiled = compile(model, { optimizer: 'sgd', loss: huber, metrics: undefined, lossWeights: undefined });
  await compiled.fit(tf.zeros([2, 1]), tf.zeros([2, 1]), { sampleWeight: undefined, classWeight: undefined });
  compileLite(model, { optimizer: 'sgd', loss: fromConfig(toKeras(huber)) });
  await save(model, 'localstorage://model', { trainableOnly: undefined });
  const loaded = await load('localstorage://model', {
    strict: undefined,
    customObjects: undefined,
    optimizer: undefined,
  });
  // @ts-expect-error no optimizer
  compile(loaded, { loss: huber });
  return toKerasLite(huber, { kerasVersion: undefined }).class_name.length;
}
