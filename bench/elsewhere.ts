import * as tf from '@tensorflow/tfjs';
import * as layers from './layersLosses.js';
import type { OurCall } from './lossCase.js';

type OfTfjs = (labels: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor) => tf.Tensor;

/** A loss of TensorFlow.js that is one of the list with these options. */
interface Elsewhere {
  readonly loss: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly value: OfTfjs;
}

const fromLogits = { fromLogits: true };

const ofTfLosses: readonly Elsewhere[] = [
  { loss: 'meanSquaredError', value: tf.losses.meanSquaredError },
  { loss: 'meanAbsoluteError', value: tf.losses.absoluteDifference },
  { loss: 'huber', value: tf.losses.huberLoss },
  { loss: 'binaryCrossentropy', value: tf.losses.logLoss },
  { loss: 'binaryCrossentropy', options: fromLogits, value: tf.losses.sigmoidCrossEntropy },
  { loss: 'categoricalCrossentropy', options: fromLogits, value: tf.losses.softmaxCrossEntropy },
  { loss: 'hinge', options: { labels: 'binary' }, value: tf.losses.hingeLoss },
];

const ofLayers: readonly Elsewhere[] = [
  { loss: 'meanSquaredError', value: layers.meanSquaredError },
  { loss: 'meanAbsoluteError', value: layers.meanAbsoluteError },
  { loss: 'meanAbsolutePercentageError', value: layers.meanAbsolutePercentageError },
  { loss: 'meanSquaredLogarithmicError', value: layers.meanSquaredLogarithmicError },
  { loss: 'hinge', value: layers.hinge },
  { loss: 'squaredHinge', value: layers.squaredHinge },
  { loss: 'categoricalHinge', value: layers.categoricalHinge },
  { loss: 'logCosh', value: layers.logcosh },
  { loss: 'categoricalCrossentropy', value: (y, p) => layers.categoricalCrossentropy(y, p) },
  { loss: 'categoricalCrossentropy', options: fromLogits, value: (y, x) => layers.categoricalCrossentropy(y, x, true) },
  {
    loss: 'sparseCategoricalCrossentropy',
    value: (y, p) => layers.sparseCategoricalCrossentropy(tf.cast(y, 'float32'), p),
  },
  { loss: 'binaryCrossentropy', value: layers.binaryCrossentropy },
  { loss: 'klDivergence', value: layers.kullbackLeiblerDivergence },
  { loss: 'poisson', value: layers.poisson },
  { loss: 'cosineSimilarity', value: layers.cosineProximity },
];

const sameOptions = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

const find = (list: readonly Elsewhere[], { loss, options = {} }: OurCall<string>): OfTfjs | undefined =>
  list.find((one) => one.loss === loss.name && sameOptions(one.options ?? {}, options))?.value;

type Line = { readonly value: (inputs: Readonly<Record<string, tf.Tensor>>) => tf.Tensor; readonly tolerance: number };

/** Theirs bound probabilities in other ways, and sum one number after another, which loses digits of many. */
const toleranceOf = (values: number): number => (values > 1e6 ? 0.05 : 1e-3);

/** The same call by `tf.losses` and by tfjs-layers, where they have it: to one number, with weights if it has them. */
export function elsewhere(call: OurCall<string>, values: number): { readonly tfLosses?: Line; readonly layers?: Line } {
  const tolerance = toleranceOf(values);
  const { of, mask, weights, reduction = 'mean', classAxis } = call;
  const [labels = '', predictions = ''] = of;
  if (reduction !== 'mean' || mask || classAxis) return {};
  const ours = find(ofTfLosses, call);
  const theirs = weights ? undefined : find(ofLayers, call);
  return {
    ...(ours && {
      tfLosses: {
        value: (inputs) =>
          ours(inputs[labels] as tf.Tensor, inputs[predictions] as tf.Tensor, weights ? inputs[weights] : undefined),
        tolerance,
      },
    }),
    ...(theirs && {
      layers: {
        value: (inputs) => tf.mean(theirs(inputs[labels] as tf.Tensor, inputs[predictions] as tf.Tensor)),
        tolerance,
      },
    }),
  };
}
