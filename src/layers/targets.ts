import { clone, expandDims, Tensor, zeros } from '@tensorflow/tfjs-core';
import { fail, listed, show } from '../definition/fail.js';
import { checkTensor } from '../definition/kinds.js';
import { type CompiledOutput, wantsLabels } from './steps.js';
import { classWeightsOf, sampleWeightsOf, type Weighing } from './exampleWeights.js';
import type { InnerModel, Tensors } from './internals.js';

/**
 * Labels and their weights on their way through tfjs, which hands them on. It has no enumerable property: tfjs takes
 * those for tensors.
 */
export class Targets {
  readonly #labels: Tensors | null | undefined;
  readonly #weighing: Weighing;

  constructor(labels: Tensors | null | undefined, weighing: Weighing) {
    this.#labels = labels;
    this.#weighing = weighing;
  }

  static read(given: Tensors | Targets | null | undefined): {
    labels: Tensors | null | undefined;
    weighing: Weighing;
  } {
    return given instanceof Targets
      ? { labels: given.#labels, weighing: given.#weighing }
      : { labels: given, weighing: {} };
  }
}

const who = 'model';

/** The labels of all outputs as tensors of their own; of outputs that want none, any. */
function labelsOf(outputs: readonly CompiledOutput[], examples: number, given: Tensors | null | undefined): Tensor[] {
  const used = outputs.filter(wantsLabels);
  const none = (): Tensor => zeros([examples, 1]);
  if (used.length === 0) return outputs.map(none);
  const names = listed(used.map(({ name }) => name));
  if (typeof given !== 'object' || given === null || ArrayBuffer.isView(given)) {
    return fail(who, `the labels are ${show(given)}; expected a tensor, or one for each of ${names}`);
  }
  const ofOutput = labelFinder(outputs, used, given, names);
  return outputs.map((output): Tensor => {
    if (!wantsLabels(output)) return none();
    const labels = ofOutput(output);
    if (!(labels instanceof Tensor) || labels.rank === 0) {
      fail(who, `the labels of ${show(output.name)} are ${show(labels)}; expected a tensor with an axis of examples`);
    }
    const checked = checkTensor(who, `what came as labels of ${show(output.name)}`, labels as Tensor);
    return checked.rank === 1 ? expandDims(checked, 1) : clone(checked);
  });
}

/** The labels of all outputs, and what weighs them: for each kind of weights there is one for each output. */
export function labelsAndWeights(
  model: InnerModel,
  outputs: readonly CompiledOutput[],
  inputs: Tensors,
  given: Tensors | null | undefined,
  { sampleWeight, classWeight }: Weighing,
): { readonly labels: Tensor[]; readonly weights: Tensor[] } {
  const labels = labelsOf(outputs, tensorsIn(inputs)[0]?.shape[0] ?? 0, given);
  const ofSamples = sampleWeightsOf(model, outputs, labels, sampleWeight);
  return { labels, weights: [...ofSamples, ...classWeightsOf(model, outputs, labels, classWeight)] };
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
    const stray = Object.keys(byName).find((name) => !outputs.some((output) => output.name === name));
    const missing = used.find(({ name }) => !(byName[name] instanceof Tensor));
    if (missing) {
      const remedy = `expected a tensor for each of ${names}; a loss that takes no labels says labels: false in compile`;
      fail(who, `the labels of ${show(missing.name)} are missing; ${remedy}`);
    }
    if (stray !== undefined) fail(who, `the labels name the output ${show(stray)}; expected ${names}`);
    return ({ name }) => byName[name];
  }
  const list = [outputs, used].find(({ length }) => length === given.length);
  if (!list) fail(who, `${given.length} tensors of labels came; expected one for each of ${names}`);
  return (output) => (given as readonly Tensor[])[list.indexOf(output)];
}

/** All tensors in lists, objects and maps, each once; they may hold themselves. */
export function tensorsIn(container: unknown): Tensor[] {
  const parts = new Set([container]);
  // A set is walked through to what is added on the way.
  for (const part of parts) {
    if (typeof part !== 'object' || part === null || part instanceof Tensor || ArrayBuffer.isView(part)) continue;
    for (const inner of part instanceof Map ? part.values() : Object.values(part)) parts.add(inner);
  }
  return [...parts].filter((part): part is Tensor => part instanceof Tensor);
}
