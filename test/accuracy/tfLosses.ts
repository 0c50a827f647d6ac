import { losses as tfLosses, Reduction, setBackend, type Tensor, version_core } from '@tensorflow/tfjs';
import type { AnyLoss } from '../support/losses.js';
import { measure } from './measure.js';
import type { Points, Variant } from './points.js';
import { type Summary, summaryOf, worstOf } from './summary.js';

/* The losses of TensorFlow.js itself, where their definition is that of this package, at the same points. */

type OfTfjs = (labels: Tensor, predictions: Tensor) => Tensor;

const { NONE } = Reduction;

/** By the names of variants here. */
const calls: Readonly<Record<string, OfTfjs>> = {
  meanSquaredError: (labels, predictions) => tfLosses.meanSquaredError(labels, predictions, undefined, NONE),
  meanAbsoluteError: (labels, predictions) => tfLosses.absoluteDifference(labels, predictions, undefined, NONE),
  huber: (labels, predictions) => tfLosses.huberLoss(labels, predictions, undefined, 1, NONE),
  'huber (delta 0.25)': (labels, predictions) => tfLosses.huberLoss(labels, predictions, undefined, 0.25, NONE),
  'binaryCrossentropy (fromLogits true)': (labels, predictions) =>
    tfLosses.sigmoidCrossEntropy(labels, predictions, undefined, 0, NONE),
  'binaryCrossentropy (fromLogits true, labelSmoothing 0.125)': (labels, predictions) =>
    tfLosses.sigmoidCrossEntropy(labels, predictions, undefined, 0.125, NONE),
  'categoricalCrossentropy (fromLogits true)': (labels, predictions) =>
    tfLosses.softmaxCrossEntropy(labels, predictions, undefined, 0, NONE),
  'categoricalCrossentropy (fromLogits true, labelSmoothing 0.125)': (labels, predictions) =>
    tfLosses.softmaxCrossEntropy(labels, predictions, undefined, 0.125, NONE),
};

export const tfLossesTitle = `tf.losses ${version_core}, cpu`;

/** By loss, on the cpu backend, without gradients for labels. */
export async function summariesOfTfLosses({ variants }: Points): Promise<Readonly<Record<string, Summary>>> {
  await setBackend('cpu');
  const found = new Map<string, Summary[]>();
  for (const variant of variants) {
    const call = calls[variant.name];
    if (!call) continue;
    const own = summaryOf(await measure(withoutLabels(variant), false, () => call as unknown as AnyLoss));
    found.set(variant.loss, [...(found.get(variant.loss) ?? []), own]);
  }
  return Object.fromEntries([...found].map(([loss, several]) => [loss, worstOf(several)]));
}

const withoutLabels = (variant: Variant): Variant => ({
  ...variant,
  groups: variant.groups.map(ofPredictions),
  long: variant.long.map(ofPredictions),
});

const ofPredictions = <Part extends { readonly gradients: object }>(part: Part): Part => ({
  ...part,
  gradients: Object.fromEntries(Object.entries(part.gradients).filter(([name]) => name !== 'labels')),
});
