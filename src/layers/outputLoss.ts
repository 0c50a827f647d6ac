import { add, cast, logicalAnd, mul, type Scalar, Tensor, tidy, util } from '@tensorflow/tfjs-core';
import { alignLeading } from '../call/argument.js';
import { ofRank } from '../numerics/positions.js';
import { reduce } from '../call/reduce.js';
import { classAxisOf, definitionOf, domainsOf, signatureOf } from '../definition/definition.js';
import { fail, show } from '../definition/fail.js';
import { type CommonOptions, type Reduction } from '../definition/options.js';
import type { ClassAxisOption } from '../definition/sharedOptions.js';
import { returnedTensor } from '../losses/common/userFunction.js';
import { isWhole, type Place, takeColumns } from '../losses/composition/common/columns.js';
import { type CombinedLoss, type KnownParts, placesOfPart } from '../losses/composition/combine.js';
import { sum } from '../numerics/sum.js';
import { weighingFor } from './classWeighing.js';
import { type DefinedLoss, isDefined, optionsOf } from './definedLoss.js';
import { maskOfKnown } from './missingLabels.js';
import type { Prediction } from './predictions.js';
import type { Squashing } from './squashing.js';

/** A loss as `compile` takes it: one of this package, its name, or any function of labels and predictions. */
export type ModelLoss = string | LossFunction;

export type LossFunction = (labels: Tensor, predictions: Tensor) => Tensor;

export const isModelLoss = (value: unknown): value is ModelLoss =>
  typeof value === 'string' || typeof value === 'function';

/** What a loss takes of a batch: labels, unless it takes none, and the predictions of one output or of several. */
export type Taken = readonly [labels: Tensor | null, predictions: readonly Prediction[]];

/** What a loss comes to on a batch; weights align with the leading axes of its values. */
export type OutputLoss = (...args: [...taken: Taken, weights: Tensor | null]) => Scalar;

type AnyOptions = Readonly<Record<string, unknown>>;

type Combined = CombinedLoss;

export const isCombined = (loss: unknown): loss is Combined => typeof loss === 'function' && 'parts' in loss;

/**
 * A loss as a single number: the mean over all positions of the batch that count, or what the loss has fixed as its
 * reduction. A loss of one output that wants logits gets them also where the model ends in a softmax or a sigmoid.
 */
export function outputLoss(loss: LossFunction): OutputLoss {
  if (isCombined(loss)) return combinedLoss(loss);
  if (!isDefined(loss)) return foreignLoss(loss);
  return (labels, predictions, weights) =>
    tidy(() => {
      const [inputs, options] = callOn(loss, labels, predictions);
      const call = loss as unknown as (...args: unknown[]) => Scalar;
      const weighing = weighingFor(loss, weights, inputs.at(-1) as Tensor);
      const mask = maskOfKnown(loss, labels, weights, (options['mask'] as Tensor | undefined) ?? null);
      return call(...inputs, { ...options, ...weighing, mask });
    });
}

/** What a loss is called with for a batch, beside weights: its inputs, and options that give one number. */
export function callOn(
  loss: DefinedLoss,
  ...[labels, predictions]: Taken
): [inputs: Tensor[], options: AnyOptions & { readonly reduction: Reduction }] {
  const { output, logits, squashing } = predictions.at(-1) as Prediction;
  // What a loss of several outputs expects of each, options do not tell.
  const given = predictions.length === 1 ? onLogits(loss, squashing) : null;
  const mask = commonMask(loss.name, predictions);
  const options = {
    ...given,
    ...(mask && asOption(loss, mask, output.rank)),
    reduction: ofBatch(loss.fixed.reduction),
  };
  const ofModel = given && logits ? [logits] : predictions.map((prediction) => prediction.output);
  return [labels ? [labels, ...ofModel] : ofModel, options];
}

/** Where the masks of all outputs of a loss let a position count. */
function commonMask(who: string, predictions: readonly Prediction[]): Tensor | null {
  const masks = [...new Set(predictions.map(({ mask }) => mask).filter((mask) => mask !== null))];
  return masks.reduce<Tensor | null>((all, mask) => {
    if (all && !util.arraysEqual(all.shape, mask.shape))
      fail(who, `its outputs have masks of the shapes ${show(all.shape)} and ${show(mask.shape)}; expected the same`);
    return all ? logicalAnd(all, mask) : mask;
  }, null);
}

/** What a part of a combined loss takes of what that takes: of one output, some columns. */
export function takenByPart(name: string, part: KnownParts[string], taken: Taken): Taken {
  const places = placesOfPart(part);
  if (!places) return taken;
  const [given, predictions] = taken;
  // Of two outputs and no labels, the first stands for them.
  const labels = given ?? (predictions[0] as Prediction).output;
  const prediction = predictions.at(-1) as Prediction;
  const ofLabels = places.find(({ isOfLabels }) => isOfLabels);
  return [
    ofLabels ? takeColumns(name, ofLabels, labels) : null,
    places.filter(({ isOfLabels }) => !isOfLabels).map((place) => columnsOf(name, place, prediction)),
  ];
}

/** Columns of a prediction. A sigmoid squashes each by itself, a softmax all of them together. */
function columnsOf(name: string, place: Place, prediction: Prediction): Prediction {
  const { output, logits, squashing, mask } = prediction;
  if (isWhole(place, output)) return prediction;
  const take = (x: Tensor): Tensor => takeColumns(name, place, x);
  const isApart = squashing === 'sigmoid';
  return {
    output: take(output),
    logits: isApart && logits ? take(logits) : null,
    squashing: isApart ? squashing : null,
    mask: mask?.rank === output.rank ? take(mask) : mask,
  };
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
  const losses = Object.entries(parts as KnownParts).map(([name, part]) => {
    return { name, part, compute: outputLoss(withOptions(part[0], fixed)) };
  });
  return (labels, predictions, weights) =>
    tidy(() =>
      losses
        .map(({ name, part, compute }) => {
          return mul<Scalar>(compute(...takenByPart(name, part, [labels, predictions]), weights), part[1]);
        })
        .reduce((total, value) => add<Scalar>(total, value)),
    );
}

/** What is fixed in a combined loss holds for its parts. */
export const withOptions = (part: KnownParts[string][0], options: CommonOptions): LossFunction =>
  (part as unknown as DefinedLoss).with({ ...options });

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
  const call: (...tensors: Tensor[]) => Tensor = loss;
  return (labels, predictions, given) =>
    tidy(() => {
      const outputs = predictions.map((prediction) => prediction.output);
      const output = outputs[0] as Tensor;
      const mask = commonMask(who, predictions);
      const values = valuesIn(who, call(...(labels ? [labels] : []), ...outputs), output);
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
