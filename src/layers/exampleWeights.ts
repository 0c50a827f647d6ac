import { cast, clone, ones, Tensor, zeros } from '@tensorflow/tfjs-core';
import { toArgument } from '../call/argument.js';
import { checkEntries } from '../call/check.js';
import { weight as aWeight } from '../definition/kinds.js';
import { classAxisOf, definitionOf, signatureOf } from '../definition/definition.js';
import { fail, listed, show } from '../definition/fail.js';
import { isOptions } from '../definition/options.js';
import { isPrefix } from '../definition/signature.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { type ClassWeight, isClassWeight, MOST_CLASSES, weightsOfClasses } from './classWeights.js';
import { type CompiledOutput, wantsLabels } from './steps.js';
import type { InnerModel } from './internals.js';
import { checkClear, classesOf, classIndices, factsOf, type LabelFacts, type Shaped } from './labels.js';
import { type DefinedLoss, isDefined, optionsOf } from './definedLoss.js';
import { type OneOutput, perOutput, type PerOutput } from './perOutput.js';
import { outputSquashing, type Squashing } from './squashing.js';

/** Weights of examples, `[batch]`, or of what they consist of, such as time steps, `[batch, time]`. */
export type SampleWeight = PerOutput<TensorInput>;

export type ClassWeights = PerOutput<ClassWeight>;

/** What weighs the labels of a model. */
export interface Weighing {
  readonly sampleWeight?: SampleWeight | null | undefined;
  readonly classWeight?: ClassWeights | null | undefined;
}

const who = 'model';

/** The weights of examples that were given, one for each output; none if there are none. */
export function sampleWeightsOf(
  model: InnerModel,
  outputs: readonly CompiledOutput[],
  labels: readonly Tensor[],
  given: SampleWeight | null | undefined,
): Tensor[] {
  if (given === null || given === undefined) return [];
  return perUsedOutput(outputs, 'sampleWeight', given, weightOfOutput).map((weight, i) => {
    const [examples = 0] = labels[i]?.shape ?? [];
    if (weight === null) return ones([examples]);
    const name = outputs.length > 1 ? `sampleWeight of ${show(outputs[i]?.name)}` : 'sampleWeight';
    const argument = toArgument(who, name, weight);
    const { tensor } = argument;
    if (tensor.rank === 0 || tensor.shape[0] !== examples) {
      fail(who, `${name} has shape ${show(tensor.shape)}; expected ${examples} examples`);
    }
    const { loss } = outputs[i] as CompiledOutput;
    checkPositions(name, tensor, labels[i]?.shape ?? [], model.outputs[i]?.shape ?? [], loss);
    if ((isDefined(loss) ? loss.fixed.validate : null) ?? argument.readable) checkEntries(who, argument, aWeight);
    return cast(clone(tensor), 'float32');
  });
}

/** Beyond the examples, weights have the axes of the predictions, in which a class axis may be left out. */
function checkPositions(
  name: string,
  { shape }: Tensor,
  labels: readonly number[],
  predictions: readonly (number | null)[],
  loss: CompiledOutput['loss'],
): void {
  // Values of pairs, or of a function of the user's, may have other axes than predictions have.
  if (!isDefined(loss) || !hasValuesOfPositions(loss, predictions.length)) return;
  const [, ...sizes] = predictions.map((size, i) => size ?? labels[i] ?? null);
  const fits = (size: number, i: number): boolean => {
    const own = classAxisOf(definitionOf(loss), optionsOf(loss)) === -1 ? sizes.slice(i, i + 1) : sizes;
    return size === 1 || own.some((known) => known === null || known === size);
  };
  if (shape.slice(1).every(fits)) return;
  fail(who, `${name} has shape ${show(shape)}; expected the leading axes of ${show([shape[0], ...sizes])}`);
}

function hasValuesOfPositions(loss: DefinedLoss, rank: number): boolean {
  const { output, inputs } = signatureOf(definitionOf(loss), optionsOf(loss), rank);
  return isPrefix(output, inputs.at(-1) ?? output);
}

/** One weight tensor, rather than a list of them. */
const weightOfOutput: OneOutput<TensorInput> = {
  expected: 'a tensor or an array of weights',
  is: (value) =>
    value instanceof Tensor ||
    ArrayBuffer.isView(value) ||
    (Array.isArray(value) &&
      value.every((entry) => ['number', 'boolean'].includes(typeof entry) || Array.isArray(entry))),
};

const classWeightOfOutput: OneOutput<ClassWeight> = {
  expected: 'weights by class index, such as { 0: 1, 1: 5 }',
  is: isClassWeight,
};

/** The weights of classes of each output. */
export const tablesOf = (
  outputs: readonly CompiledOutput[],
  given: ClassWeights | null | undefined,
): readonly (ClassWeight | null)[] =>
  given === null || given === undefined
    ? []
    : perUsedOutput<ClassWeight>(outputs, 'classWeight', given, classWeightOfOutput);

/** The weight of each label by its class, one for each output; none if there are none. */
export function classWeightsOf(
  model: InnerModel,
  outputs: readonly CompiledOutput[],
  labels: readonly Tensor[],
  given: ClassWeights | null | undefined,
): Tensor[] {
  if (given === null || given === undefined) return [];
  const names = outputs.map(({ name }) => name);
  if (names.length > 1 && isClassWeight(given)) {
    fail(who, `classWeight is for one output; expected weights for some of ${listed(names)} by name`);
  }
  const ofOne = names.length === 1 && isOptions(given) && !Object.hasOwn(given, names[0] as string);
  if (ofOne && !isClassWeight(given)) {
    fail(who, `classWeight has the keys ${listed(Object.keys(given))}; expected ${classWeightOfOutput.expected}`);
  }
  return perUsedOutput<ClassWeight>(outputs, 'classWeight', given, classWeightOfOutput).map((weights, i) => {
    const [all, { loss, name }] = [labels[i] as Tensor, outputs[i] as CompiledOutput];
    if (weights === null) return ones([all.shape[0]]);
    if (!loss)
      return fail(who, `classWeight is for ${show(name)}, whose labels no loss takes; expected another output`);
    const facts = factsOf(loss);
    checkClear(who, `classWeight${names.length > 1 ? ` of ${show(name)}` : ''}`, facts);
    const { ofOutput, predictions, squashing } = weighedBy(facts, all, model, i);
    const classes = classesOf(facts, ofOutput, predictions, squashing);
    const count = classes.count ?? MOST_CLASSES;
    const stray = Object.keys(weights).find((index) => Number(index) >= count);
    if (stray !== undefined) fail(who, `classWeight names the class ${stray}; expected one from 0 to ${count - 1}`);
    return weightsOfClasses(classIndices(ofOutput, classes, predictions), weights);
  });
}

/** The labels of an output whose classes weigh, and what is known of its predictions before there are any. */
function weighedBy(
  { columns }: LabelFacts,
  labels: Tensor,
  model: InnerModel,
  i: number,
): { ofOutput: Tensor; predictions: Shaped; squashing: Squashing | null } {
  const { shape } = model.outputs[i] as InnerModel['outputs'][number];
  const squashing = outputSquashing(model, i);
  if (!columns) return { ofOutput: labels, predictions: { rank: shape.length, shape }, squashing };
  const output = zeros(shape.map((size) => size ?? 1));
  const [ofOutput, [prediction]] = columns(labels, [{ output, logits: null, squashing, mask: null }]);
  return {
    ofOutput: ofOutput ?? labels,
    predictions: prediction?.output ?? output,
    squashing: prediction?.squashing ?? null,
  };
}

/** The value of each output; a list may leave out those for which nothing is computed, as a list of labels may. */
function perUsedOutput<T>(
  outputs: readonly CompiledOutput[],
  argument: string,
  given: PerOutput<T>,
  one: OneOutput<T>,
): (T | null)[] {
  const used = outputs.filter(wantsLabels);
  const isShort = Array.isArray(given) && !one.is(given) && given.length === used.length;
  const names = (isShort ? used : outputs).map(({ name }) => name);
  const values = perOutput(who, argument, given, names, one);
  return isShort ? outputs.map((output) => values[used.indexOf(output)] ?? null) : values;
}
