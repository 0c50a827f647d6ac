import {
  cast,
  logSoftmax,
  oneHot,
  reshape,
  sigmoid,
  softmax,
  sub,
  mul,
  type Tensor,
  tensor,
} from '@tensorflow/tfjs-core';
import { neededFor } from '../../../scripts/facts/needed.js';
import { definitionOf, domainsOf, signatureOf } from '../../../src/definition/definition.js';
import type { DomainName } from '../../../src/definition/domain.js';
import { defaultsOf } from '../../../src/definition/options.js';
import type { Pattern } from '../../../src/definition/signature.js';
import type { NamedLoss } from '../../../src/getLoss.js';
import { type DataSet } from './data/dataSet.js';
import type { Options } from './settings.js';

type LabelForm = 'indices' | 'padded' | 'oneHot' | 'signs' | 'mask';

type Activation = 'softmax' | 'logSoftmax' | 'sigmoid' | 'none';

/** How labels and scores of a data set become the labels and predictions that a loss takes. */
export interface Form {
  readonly labels: LabelForm;
  readonly activation: Activation;
  /** Predictions have an axis of classes. */
  readonly hasClasses: boolean;
}

/** The form of the inputs of a loss with these options; null: it does not fit the data set, or needs more options. */
export function formOf(loss: NamedLoss, options: Options, data: Pick<DataSet, 'classes' | 'places'>): Form | null {
  const definition = definitionOf(loss);
  const own = Object.fromEntries(Object.entries(options).filter(([name]) => name in definition.options));
  if (Object.keys(neededFor(definition.options, own, () => 0)).length > 0) return null;
  const all = { ...defaultsOf(definition.options), ...own };
  const isSingle = data.classes === 1;
  const rank = 1 + data.places.length + (isSingle ? 0 : 1);
  const { inputs } = signatureOf(definition, all, rank);
  const [labels, predictions] = domainsOf(definition, all).map(({ name }) => name);
  const [ofLabels, ofPredictions] = inputs;
  if (inputs.length !== 2 || !ofLabels || !ofPredictions || !labels || !predictions) return null;
  if (!ofPredictions.dots || ofPredictions.after.length > 1) return null;
  if (isSingle && !suitsOneScore(ofPredictions, labels, data)) return null;
  const hasClasses = !isSingle || ofPredictions.after.length > 0;
  const form = isSingle ? singleForms[labels] : labelForms[labels];
  if (!form || ofLabels.dots !== ofPredictions.dots) return null;
  const isIndex = form === 'indices';
  if (ofLabels.after.length !== (isIndex ? 0 : ofPredictions.after.length)) return null;
  const activation = activationOf(predictions, labels, isSingle);
  return activation && { labels: form, activation, hasClasses };
}

/** Values within an example want several places, and classes that are compared want several classes. */
const suitsOneScore = ({ before, after }: Pattern, labels: DomainName, { places }: Pick<DataSet, 'places'>): boolean =>
  (before.length === 0 || places.length > 0) && (after.length === 0 || labels === 'probability');

/** Labels of one class among several, by what a loss wants them to be. */
const labelForms: Partial<Record<DomainName, LabelForm>> = {
  classIndex: 'indices',
  paddedIndex: 'padded',
  distribution: 'oneHot',
  probability: 'oneHot',
  real: 'oneHot',
  nonNegative: 'oneHot',
  hingeLabel: 'signs',
};

/** Labels that are yes or no. */
const singleForms: Partial<Record<DomainName, LabelForm>> = {
  probability: 'mask',
  real: 'mask',
  nonNegative: 'mask',
  binaryClass: 'mask',
  hingeLabel: 'signs',
};

/** What makes predictions of scores; null: nothing does. */
function activationOf(predictions: DomainName, labels: DomainName, isSingle: boolean): Activation | null {
  if (predictions === 'distribution') return isSingle ? null : 'softmax';
  if (predictions === 'logProbability') return isSingle ? null : 'logSoftmax';
  if (predictions === 'probability') return 'sigmoid';
  if (predictions === 'logit') return 'none';
  if (predictions !== 'real' && predictions !== 'nonNegative') return null;
  // Losses of numbers compare probabilities with 0 and 1; others, such as hinges, take scores.
  const areNumbers = labels === 'real' || labels === 'nonNegative';
  return areNumbers ? (isSingle ? 'sigmoid' : 'softmax') : 'none';
}

const activations: Readonly<Record<Activation, (scores: Tensor) => Tensor>> = {
  softmax: (x) => softmax(x),
  logSoftmax: (x) => logSoftmax(x),
  sigmoid: (x) => sigmoid(x),
  none: (x) => x,
};

export const predictionsOf = (scores: Tensor, { activation }: Form): Tensor => activations[activation](scores);

/** The labels of `count` examples as the loss takes them. */
export function labelsOf(
  labels: Uint8Array,
  count: number,
  { labels: form, hasClasses }: Form,
  { classes, places }: Pick<DataSet, 'classes' | 'places'>,
): Tensor {
  const shape = [count, ...places];
  if (form === 'padded') {
    const rows = Array.from(labels, (label) => [label, ...new Array<number>(classes - 1).fill(-1)]);
    return tensor(rows.flat(), [...shape, classes], 'int32');
  }
  const indices = tensor(Array.from(labels), shape, 'int32');
  if (form === 'indices') return indices;
  const whole = hasClasses ? [...shape, classes] : shape;
  const ones = classes === 1 ? reshape(cast(indices, 'float32'), whole) : cast(oneHot(indices, classes), 'float32');
  return form === 'signs' ? sub(mul(ones, 2), 1) : ones;
}
