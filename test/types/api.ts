/*
 * Checked by the compiler alone (`npm run check`): what has to compile, and after `@ts-expect-error` what must not.
 */
import * as tf from '@tensorflow/tfjs';
import { fromConfig, toKeras } from '../../src/keras/index.js';
import { compile, load, save } from '../../src/layers/index.js';
import {
  combine,
  ctc,
  dice,
  entropy,
  gaussianNll,
  getLoss,
  huber,
  logitAdjusted,
  losses,
  meanSquaredError,
  sparseCategoricalCrossentropy,
  tripletMargin,
  type Reduction,
} from '../../src/index.js';

const labels = tf.tensor1d([0, 1]);
const predictions = tf.tensor1d([0.5, 2]);

export const perExample: tf.Tensor = huber(labels, predictions);
export const scalar: tf.Scalar = huber(labels, predictions, { delta: 2, reduction: 'mean' });
export const bound: tf.Scalar = huber.with({ reduction: 'sum' })(labels, predictions);
export const overridden: tf.Tensor = huber.with({ reduction: 'sum' })(labels, predictions, { reduction: 'none' });
export const arrays: tf.Tensor = huber([0, 1], new Float32Array([0.5, 2]));
export const oneInput: tf.Tensor = entropy([[0.5, 0.5]], { base: 2 });
export const ignored = sparseCategoricalCrossentropy.with({ ignoreIndex: -1, classWeights: [1, 2], fromLogits: true });

export const threeInputs: tf.Scalar = tripletMargin([[0]], [[1]], [[2]], { swap: true, reduction: 'sum' });
export const summed: tf.Tensor = dice([[1]], [[[0.5]]], { axis: [0, 1] });
export const lengths: tf.Tensor = ctc([[1]], tf.zeros([1, 2, 3]), { logitLengths: [2] });
export const byName: tf.Tensor = getLoss('huber')(labels, predictions, { delta: 2 });
export const byAlias: tf.Tensor = getLoss('mse')(labels, predictions);
export const byAnyName = (name: string): tf.Tensor => getLoss(name)(labels, predictions, { reduction: 'mean' });

export const short: tf.Scalar = huber.mean(labels, predictions, { delta: 2, weights: [1, 2] });
export const shortOfThree: tf.Scalar = tripletMargin.mean([[0]], [[1]], [[2]]);
export const shortOfOne: tf.Scalar = entropy.with({ base: 2, reduction: 'none' }).mean([[0.5, 0.5]]);
export const shortByName: tf.Scalar = getLoss('mse').mean(labels, predictions);
// @ts-expect-error another reduction
huber.mean(labels, predictions, { reduction: 'sum' });
// @ts-expect-error two inputs of three
tripletMargin.mean([[0]], [[1]]);
export const step = tf.train.sgd(0.1).minimize(() => huber.mean(labels, predictions));
// @ts-expect-error one value per example, where an optimizer wants one number
tf.train.sgd(0.1).minimize(() => huber(labels, predictions));
// @ts-expect-error by place, where an option is expected
huber(labels, predictions, 1.0);
// @ts-expect-error the arguments of tf.losses
meanSquaredError(labels, predictions, undefined, tf.Reduction.MEAN);
// @ts-expect-error another library's word
huber(labels, predictions, { reduction: 'batchmean' });

/* An option without a default. */
const priors = [0.75, 0.25];
export const adjusted: tf.Tensor = logitAdjusted([0], [[1, 2]], { priors, tau: 2 });
export const adjustedMean: tf.Scalar = logitAdjusted.mean([0], [[1, 2]], { priors });
export const given: tf.Scalar = logitAdjusted.with({ priors, reduction: 'sum' })([0], [[1, 2]]);
export const givenMean: tf.Scalar = logitAdjusted.with({ priors }).mean([0], [[1, 2]], { tau: 2 });
export const givenByName: tf.Tensor = getLoss('logitAdjusted')([0], [[1, 2]], { priors });
export const sumOfOne: unknown = combine({ adjusted: [logitAdjusted.with({ priors }), 1] });
// @ts-expect-error options, and so the priors, are missing
logitAdjusted([0], [[1, 2]]);
// @ts-expect-error the priors are missing
logitAdjusted([0], [[1, 2]], { tau: 2 });
// @ts-expect-error the priors are missing
logitAdjusted.mean([0], [[1, 2]], {});
// @ts-expect-error the priors are missing
logitAdjusted.with({ tau: 2 });
// @ts-expect-error not given, in spite of the name
logitAdjusted([0], [[1, 2]], { priors: undefined });
// @ts-expect-error what has no priors yet is no loss of labels and predictions
combine({ adjusted: [logitAdjusted, 1] });

/* As tf.losses has it. */
export const ofTfLosses: typeof tf.losses.meanSquaredError = losses.meanSquaredError;
export const allOfTfLosses: typeof tf.losses = losses;
export const asScalar: tf.Scalar = losses.huberLoss(labels, predictions, 2, 0.5, tf.Reduction.MEAN);
export const named: tf.Scalar = losses.softmaxCrossEntropy<tf.Tensor1D, tf.Scalar>(labels, predictions);
tf.train.sgd(0.1).minimize(() => losses.absoluteDifference(labels, predictions));

const both = combine({ square: [meanSquaredError, 1], huber: [huber.with({ delta: 2 }), 0.5] });
export const shortOfSum: tf.Scalar = both.mean(labels, predictions);
export const sum: tf.Scalar = both(labels, predictions, { reduction: 'mean' });
export const part: tf.Tensor = both.values(labels, predictions).square;
// @ts-expect-error no part has that name
export const noPart: unknown = both.values(labels, predictions).cube;
export const ofColumns: tf.Tensor = combine(
  { nll: [gaussianNll, 1, { mean: 'mean', variance: 1 }], spread: [meanSquaredError, 0.5, { predictions: [0, 1] }] },
  { predictions: { mean: 1 } },
)(labels, predictions);
// @ts-expect-error columns that are no number, range or name
combine({ nll: [gaussianNll, 1, { mean: true }] });
// @ts-expect-error a part without a weight
combine({ square: [meanSquaredError] });
// @ts-expect-error an option of a part
both(labels, predictions, { delta: 2 });
// @ts-expect-error an option that the named loss does not have
getLoss('huber')(labels, predictions, { detla: 2 });
// @ts-expect-error two inputs of three
tripletMargin([[0]], [[1]]);

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
model.compile({ optimizer: 'sgd', loss: huber });
model.compile({ optimizer: 'sgd', loss: huber.with({ delta: 2 }) });
model.compile({ optimizer: 'sgd', loss: [huber.with({ reduction: 'mean' })] });
model.compile({ optimizer: 'sgd', loss: both });
tf.train.sgd(0.1).minimize(() => huber(labels, predictions, { reduction: 'mean' }));

compile(model, { optimizer: 'sgd', loss: huber.with({ delta: 2 }), metrics: ['accuracy', huber] });
compile(model, { optimizer: 'sgd', loss: [huber], lossWeights: [2], metrics: { out: 'mae' } });
const heads = compile(model, { optimizer: 'sgd', loss: { a: 'mse', b: both, c: null }, lossWeights: { a: 2 } });
void heads.fit([labels], { a: labels }, { sampleWeight: { a: [1, 2] }, classWeight: { a: { 0: 2 } }, epochs: 1 });
void heads.fit(labels, labels, { sampleWeight: labels, validationData: [labels, labels, labels] });
void heads.evaluate(labels, [labels], { sampleWeight: [labels, null] });
void save(heads, 'localstorage://model');
export const loaded: Promise<tf.LayersModel> = load('localstorage://model', { customObjects: { mine: both } });
export const config: { readonly class_name: string } = toKeras(huber);
export const back = combine({ a: [fromConfig('mse'), 1], b: [fromConfig(toKeras(huber)), 2] });
compile(model, { optimizer: 'sgd', loss: fromConfig(JSON.parse('{}') as unknown) });
const several = compile(model, {
  optimizer: 'sgd',
  loss: { a: 'mse', b: { loss: entropy }, kl: { of: ['a', 'b'], labels: false, loss: (a, b) => tf.add(a, b) } },
});
compile(model, { optimizer: 'sgd', loss: [{ of: ['a', 'b'], loss: gaussianNll }, null], lossWeights: { kl: 2 } });
void several.fit(labels, null);
// @ts-expect-error labels that are neither an output nor left out
compile(model, { optimizer: 'sgd', loss: { kl: { of: 'a', labels: true, loss: entropy } } });
// @ts-expect-error no optimizer
compile(model, { loss: huber });
// @ts-expect-error a loss that is no function
compile(model, { optimizer: 'sgd', loss: 3 });
// @ts-expect-error class weights by name
void heads.fit(labels, labels, { classWeight: { a: { first: 2 } } });

// @ts-expect-error a misspelt option
huber(labels, predictions, { detla: 2 });
// @ts-expect-error an unknown reduction
huber(labels, predictions, { reduction: 'avg' });
// @ts-expect-error an option of the wrong type
huber.with({ delta: '2' });
// @ts-expect-error a missing input
huber(labels);
// @ts-expect-error options in the place of predictions
huber(labels, { delta: 2 });
// @ts-expect-error an option of another loss
huber(labels, predictions, { fromLogits: true });
// @ts-expect-error values per example are no scalar
export const notScalar: tf.Scalar = huber(labels, predictions);

export const anyReduction = (reduction: Reduction): tf.Tensor => huber(labels, predictions, { reduction });

/** A bound loss can be exported by a package that writes declarations, which takes the names of its types. */
export type { CrossentropyOptions, HingeOptions, InformationOptions, Gaussian } from '../../src/index.js';
