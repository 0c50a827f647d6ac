import { add, cast, mul, type Scalar, Tensor, tidy } from '@tensorflow/tfjs-core';
import { alignLeading } from '../call/argument.js';
import { ofRank } from '../call/masking.js';
import { reduce } from '../call/reduce.js';
import { classAxisOf, definitionOf, domainsOf, type Loss, signatureOf } from '../definition/definition.js';
import { fail, show } from '../definition/fail.js';
import { type CommonOptions, defaultsOf, type Reduction } from '../definition/options.js';
import type { ClassAxisOption } from '../definition/sharedOptions.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { returnedTensor } from '../losses/common/userFunction.js';
import type { CombinedLoss, Part } from '../losses/composition/combine.js';
import { sum } from '../numerics/sum.js';
import type { Prediction } from './predictions.js';
import type { Squashing } from './squashing.js';

/** A loss as `compile` takes it: one of this package, its name, or any function of labels and predictions. */
export type ModelLoss = string | LossFunction;

export type LossFunction = (labels: Tensor, predictions: Tensor) => Tensor;

export const isModelLoss = (value: unknown): value is ModelLoss =>
  typeof value === 'string' || typeof value === 'function';

/** What one output of a model loses on a batch; weights align with the leading axes of the values of the loss. */
export type OutputLoss = (labels: Tensor, prediction: Prediction, weights: Tensor | null) => Scalar;

type AnyOptions = Readonly<Record<string, unknown>>;

export type DefinedLoss = Loss<Record<string, unknown>>;

type Combined = CombinedLoss;

export const isDefined = (loss: unknown): loss is DefinedLoss => typeof loss === 'function' && 'definition' in loss;

export const isCombined = (loss: unknown): loss is Combined => typeof loss === 'function' && 'parts' in loss;

/** The options of a loss: those that are fixed, and the defaults of the others. */
export const optionsOf = ({ definition, fixed }: DefinedLoss): AnyOptions => ({
  ...defaultsOf(definition.options),
  ...fixed,
});

/**
 * The loss of an output as a single number: the mean over all positions of the batch that count, or what the loss has
 * fixed as its reduction. A loss that wants logits gets them also where the model ends in a softmax or a sigmoid.
 *
 * @throws if the loss takes other things than labels and predictions.
 */
export function outputLoss(loss: LossFunction): OutputLoss {
  if (isCombined(loss)) return combinedLoss(loss);
  if (!isDefined(loss)) return foreignLoss(loss);
  checkInputs(loss);
  return (labels, prediction, weights) => {
    const [predictions, options] = callOn(loss, prediction);
    return loss(labels, predictions, { ...options, ...(weights && { weights }) }) as Scalar;
  };
}

/** Throws unless a loss takes labels and predictions. */
export function checkInputs({ name, definition: { inputs = ['labels', 'predictions'] } }: DefinedLoss): void {
  if (inputs.length === 2) return;
  fail(name, `takes ${inputs.join(', ')}; expected a loss of labels and of the predictions of one output`);
}

/** What a loss is called with for an output, beside labels and weights: predictions, and options that give one number. */
export function callOn(
  loss: DefinedLoss,
  { output, logits, squashing, mask }: Prediction,
): [predictions: Tensor, options: AnyOptions & { readonly reduction: Reduction }] {
  const given = onLogits(loss, squashing);
  const options = {
    ...given,
    ...(mask && asOption(loss, mask, output.rank)),
    reduction: ofBatch(loss.fixed.reduction),
  };
  return [given && logits ? logits : output, options];
}

/** A mask, or how long each sequence is by it, for a loss of whole sequences that takes their lengths. */
function asOption(loss: DefinedLoss, mask: Tensor, rank: number): AnyOptions {
  const definition = definitionOf(loss);
  const [, time] = signatureOf(definition, optionsOf(loss), rank).inputs.at(-1)?.before ?? [];
  const lengths = Object.entries(definition.options).find(
    ([, [, { lengthsOf }]]) => lengthsOf !== undefined && lengthsOf === time,
  );
  return lengths ? { [lengths[0]]: sum(cast(mask, 'int32'), 1) } : { mask };
}

/** What a training step needs is one number for the whole batch. */
const ofBatch = (reduction: Reduction | undefined): Reduction =>
  reduction === undefined || reduction === 'none' || reduction === 'perExample' ? 'mean' : reduction;

function combinedLoss({ parts, fixed }: Combined): OutputLoss {
  const losses = Object.values(parts).map(([part, weight]): [OutputLoss, number] => [
    outputLoss(withOptions(part, fixed) as LossFunction),
    weight,
  ]);
  return (labels, prediction, weights) =>
    tidy(() =>
      losses
        .map(([part, factor]) => mul<Scalar>(part(labels, prediction, weights), factor))
        .reduce((total, value) => add<Scalar>(total, value)),
    );
}

type TwoInputs = readonly [TensorInput, TensorInput];

/** What is fixed in a combined loss holds for its parts. */
export const withOptions = (part: Part<TwoInputs>, options: CommonOptions): unknown =>
  isDefined(part) || isCombined(part) ? part.with({ ...options } as never) : part;

/** What a function of the user's has returned for the predictions of a batch: one number, or values of its examples. */
export function valuesIn(who: string, result: unknown, { shape: [examples] }: Tensor): Tensor {
  const values = returnedTensor(who, 'returned', result, 'expected a tensor, at once');
  if (values.shape[0] !== examples && values.size !== 1) {
    fail(who, `returned ${show(values)}; expected one number, or values of ${examples} examples`);
  }
  return values;
}

/** Any function, with weights and mask where it returns a value for each of what they weigh. */
function foreignLoss(loss: LossFunction): OutputLoss {
  const who = loss.name || 'the loss';
  return (labels, { output, mask }, given) =>
    tidy(() => {
      const values = valuesIn(who, loss(labels, output), output);
      if (values.dtype !== 'float32') fail(who, `returned a tensor of ${values.dtype}; expected float32`);
      const isOne = values.shape[0] !== output.shape[0];
      if (isOne && given) fail(who, 'returns one number for a batch; expected one per example, as there are weights');
      const weights = given && alignLeading(who, { name: 'weights', tensor: given, readable: false }, values.shape);
      const valid = isOne || !mask ? null : ofRank(mask, values.rank);
      return reduce({ values, valid }, { weights, reduction: 'mean' }) as Scalar;
    });
}

/** Options under which a loss takes what an activation squashes, in place of its output; null if it cannot. */
function onLogits(loss: DefinedLoss, squashing: Squashing | null): AnyOptions | null {
  if (squashing === null) return null;
  const definition = definitionOf(loss);
  const { options: schema } = definition;
  const options: AnyOptions & Partial<ClassAxisOption> = optionsOf(loss);
  const domain = domainsOf(definition, options)[1]?.name;
  if ('activation' in schema) return { fromLogits: true, activation: squashing };
  const isSoftmax = squashing === 'softmax';
  const isAlongLast = classAxisOf(definition, options) === -1;
  if (isSoftmax ? domain === 'distribution' && isAlongLast : domain === 'probability') {
    if ('fromLogits' in schema) return { fromLogits: true };
    if ('predictionFormat' in schema) return { predictionFormat: 'logits' };
  }
  // The loss expects logits already, as it was told or by itself.
  return domain === 'logit' ? {} : null;
}
