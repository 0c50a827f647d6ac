import { cast, clone, dispose, expandDims, ones, Tensor, tidy, zeros } from '@tensorflow/tfjs-core';
import { fail, show } from '../core/fail.js';
import { toArgument } from '../core/inputs.js';
import type { TensorInput } from '../core/options.js';
import { isUsed, type Batch, type CompiledOutput } from './compiled.js';
import type { InnerModel, Tensors } from './internals.js';
import { classesOf, classIndices, factsOf } from './labels.js';
import { perOutput, type OneOutput, type PerOutput } from './perOutput.js';
import { outputSquashing } from './squashing.js';
import { isClassWeight, together, weightsOfClasses, type ClassWeight } from './weights.js';

/** Weights of examples, `[batch]`, or of what they consist of, such as time steps, `[batch, time]`. */
export type SampleWeight = PerOutput<TensorInput>;
export type ClassWeights = PerOutput<ClassWeight>;

/** What weighs the labels. */
export interface Weighing {
  readonly sampleWeight?: SampleWeight | null | undefined;
  readonly classWeight?: ClassWeights | null | undefined;
}

/**
 * Labels and their weights on their way through tfjs, which hands them on. It has no enumerable property: tfjs takes
 * those for tensors.
 */
export class Targets {
  readonly #labels: Tensors;
  readonly #weighing: Weighing;

  constructor(labels: Tensors, weighing: Weighing) {
    this.#labels = labels;
    this.#weighing = weighing;
  }

  static read(given: Tensors | Targets): { labels: Tensors; weighing: Weighing } {
    return given instanceof Targets
      ? { labels: given.#labels, weighing: given.#weighing }
      : { labels: given, weighing: {} };
  }
}

const who = 'model';

/** The labels of all outputs as tensors of their own; of outputs for which nothing is computed, any. */
export function labelsOf(outputs: readonly CompiledOutput[], given: Tensors): Tensor[] {
  const used = outputs.filter(isUsed);
  const names = used.map(({ name }) => name).join(', ');
  if (typeof given !== 'object' || (given as unknown) === null || ArrayBuffer.isView(given)) {
    fail(who, `the labels are ${show(given)}; expected a tensor, or one for each of ${names}`);
  }
  const examples = tensorsIn(given)[0]?.shape[0] ?? 0;
  const ofOutput = labelFinder(outputs, used, given, names);
  return outputs.map((output): Tensor => {
    if (!isUsed(output)) return zeros([examples, 1]);
    const labels = ofOutput(output);
    if (!(labels instanceof Tensor) || labels.rank === 0) {
      fail(who, `the labels of ${show(output.name)} are ${show(labels)}; expected a tensor with an axis of examples`);
    }
    return labels.rank === 1 ? expandDims(labels as Tensor, 1) : clone(labels as Tensor);
  });
}

function labelFinder(
  outputs: readonly CompiledOutput[],
  used: readonly CompiledOutput[],
  given: Tensors,
  names: string,
): (output: CompiledOutput) => unknown {
  if (given instanceof Tensor) {
    if (used.length > 1) fail(who, `the labels are one tensor; expected one for each of ${names}`);
    return () => given;
  }
  if (!Array.isArray(given)) {
    const byName = given as Readonly<Record<string, Tensor>>;
    const missing = used.find(({ name }) => !(byName[name] instanceof Tensor));
    if (missing) fail(who, `the labels of ${show(missing.name)} are missing; expected a tensor for each of ${names}`);
    return ({ name }) => byName[name];
  }
  const list = [outputs, used].find(({ length }) => length === given.length);
  if (!list) fail(who, `${given.length} tensors of labels came; expected one for each of ${names}`);
  return (output) => (given as readonly Tensor[])[list.indexOf(output)];
}

/** The weights of examples that were given, by outputs; null if there are none. */
export function sampleWeightsOf(
  outputs: readonly CompiledOutput[],
  labels: readonly Tensor[],
  given: SampleWeight | null | undefined,
): Tensor[] | null {
  if (given === null || given === undefined) return null;
  return perUsedOutput(outputs, 'sampleWeight', given, weightOfOutput).map((weight, i) => {
    const [examples = 0] = labels[i]?.shape ?? [];
    if (weight === null) return ones([examples]);
    const { tensor } = toArgument(who, 'sampleWeight', weight);
    if (tensor.rank === 0 || tensor.shape[0] !== examples) {
      fail(who, `sampleWeight has shape ${show(tensor.shape)}; expected ${examples} examples`);
    }
    return cast(clone(tensor), 'float32');
  });
}

/** One weight tensor, rather than a list of them. */
const weightOfOutput: OneOutput<TensorInput> = {
  expected: 'a tensor or an array of weights',
  is: (value) =>
    value instanceof Tensor ||
    ArrayBuffer.isView(value) ||
    (Array.isArray(value) && value.every((entry) => typeof entry === 'number' || Array.isArray(entry))),
};

const classWeightOfOutput: OneOutput<ClassWeight> = {
  expected: 'weights by class index, such as { 0: 1, 1: 5 }',
  is: isClassWeight,
};

/** The weight of each label by its class, by outputs; null if there are none. */
export function classWeightsOf(
  model: InnerModel,
  outputs: readonly CompiledOutput[],
  labels: readonly Tensor[],
  given: ClassWeights | null | undefined,
): Tensor[] | null {
  if (given === null || given === undefined) return null;
  const names = outputs.map(({ name }) => name);
  if (names.length > 1 && isClassWeight(given)) {
    fail(who, `classWeight is for one output; expected weights for some of ${names.join(', ')} by name`);
  }
  return perUsedOutput<ClassWeight>(outputs, 'classWeight', given, classWeightOfOutput).map((weights, i) => {
    const [ofOutput, { loss }] = [labels[i] as Tensor, outputs[i] as CompiledOutput];
    if (weights === null || !loss) return ones([ofOutput.shape[0]]);
    const { shape } = model.outputs[i] as InnerModel['outputs'][number];
    const predictions = { rank: shape.length, shape };
    const classes = classesOf(factsOf(loss), ofOutput, predictions, outputSquashing(model, i));
    const stray = Object.keys(weights).find((index) => Number(index) >= (classes.count ?? Infinity));
    if (stray !== undefined) {
      fail(who, `classWeight names the class ${stray}; expected one from 0 to ${Number(classes.count) - 1}`);
    }
    return weightsOfClasses(classIndices(ofOutput, classes, predictions), weights);
  });
}

/** The value of each output; a list may leave out those for which nothing is computed, as a list of labels may. */
function perUsedOutput<T>(
  outputs: readonly CompiledOutput[],
  argument: string,
  given: PerOutput<T>,
  one: OneOutput<T>,
): (T | null)[] {
  const used = outputs.filter(isUsed);
  const isShort = Array.isArray(given) && !one.is(given) && given.length === used.length;
  const names = (isShort ? used : outputs).map(({ name }) => name);
  const values = perOutput(who, argument, given, names, one);
  return isShort ? outputs.map((output) => values[used.indexOf(output)] ?? null) : values;
}

/** A batch out of what tfjs hands to a step: inputs, labels, and weights, of which there may be several for an output. */
export function batchOf(model: InnerModel, data: readonly (Tensor | null)[]): Batch {
  const all = data.filter((x) => x !== null);
  const [first, count] = [model.inputs.length, model.outputs.length];
  const labels = all.slice(first, first + count);
  const rest = all.slice(first + count);
  const weights = labels.map((_, i) =>
    rest.filter((__, j) => j % count === i).reduce<Tensor | null>((product, w) => together(product, w), null),
  );
  return { inputs: all.slice(0, first), labels, weights };
}

interface Item {
  readonly xs: Tensors;
  readonly ys: Tensors;
  readonly sampleWeight?: SampleWeight;
}

interface Iterator {
  next(): Promise<{ readonly value: Item | null; readonly done: boolean }>;
}

interface Dataset {
  readonly size?: number;
  iterator(): Promise<Iterator>;
}

/**
 * A dataset whose items `{xs, ys, sampleWeight}` are as tfjs wants them, which knows no weights: these are noted for the
 * labels of the first output, by which the step that comes next finds them.
 */
export function weighedDataset(
  dataset: Dataset | Iterator,
  model: InnerModel,
  outputs: readonly CompiledOutput[],
  classWeight: ClassWeights | null | undefined,
  note: (labels: Tensor, weights: readonly Tensor[]) => void,
): Dataset | Iterator {
  const weighed = (iterator: Iterator): Iterator => ({
    next: async () => {
      const item = await iterator.next();
      if (!item.value?.ys) return item;
      const { xs, ys, sampleWeight } = item.value;
      const inputs = new Set(tensorsIn(xs));
      // tfjs disposes what it is given of an item, the labels of which are copies, and nothing if it is given nothing.
      const own = tensorsIn([ys, sampleWeight]).filter((x) => !inputs.has(x));
      try {
        const { labels, weights } = tidy(() => {
          const labels = labelsOf(outputs, ys);
          const ofSamples = sampleWeightsOf(outputs, labels, sampleWeight) ?? [];
          const ofClasses = classWeightsOf(model, outputs, labels, classWeight) ?? [];
          return { labels, weights: [...ofSamples, ...ofClasses] };
        });
        note(labels[0] as Tensor, weights);
        return { ...item, value: { xs, ys: labels } };
      } catch (error) {
        dispose([...inputs]);
        throw error;
      } finally {
        dispose(own);
      }
    },
  });
  if ('next' in dataset) return weighed(dataset);
  const own = { iterator: async () => weighed(await dataset.iterator()) };
  return dataset.size === undefined ? own : { ...own, size: dataset.size };
}

/** All tensors in lists and objects. */
function tensorsIn(container: unknown): Tensor[] {
  if (container instanceof Tensor) return [container as Tensor];
  return typeof container === 'object' && container !== null ? Object.values(container).flatMap(tensorsIn) : [];
}
