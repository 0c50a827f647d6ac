import { Tensor } from '@tensorflow/tfjs-core';
import { fail, listed, show } from '../definition/fail.js';
import { own } from '../definition/own.js';
import type { InnerModel } from './internals.js';

const who = 'model';

/** Throws unless there is a tensor for each input of the model, of as many examples as each of the labels. */
export function checkInputs(model: InnerModel, name: string, given: unknown, labels: readonly Tensor[]): void {
  const names = model.inputNames;
  if (typeof given !== 'object' || given === null || ArrayBuffer.isView(given))
    fail(who, `${name} is ${show(given)}; expected a tensor, or one for each of ${listed(names)}`);
  const isList = given instanceof Tensor || Array.isArray(given);
  const list: readonly unknown[] = isList
    ? [given].flat()
    : names.map((input) => own(given as Readonly<Record<string, unknown>>, input));
  if (list.length !== names.length) {
    fail(who, `${name} has ${list.length} tensors; expected one for each of ${listed(names)}`);
  }
  const sizes = list.map((input, i) => examplesOf(names.length > 1 ? `${name}, for ${show(names[i])},` : name, input));
  const [examples] = sizes;
  const of = labels.map(({ shape }) => shape[0]);
  if ([...sizes, ...of].some((size) => size !== examples)) {
    fail(who, `${name} has ${show(sizes)} examples, and the labels ${show(of)}; expected as many of all`);
  }
}

function examplesOf(name: string, input: unknown): number | undefined {
  const [tensor, expected] = [input as Tensor, 'expected a tensor with an axis of examples'];
  if (!(input instanceof Tensor) || tensor.rank === 0) fail(who, `${name} is ${show(input)}; ${expected}`);
  if (tensor.isDisposed) fail(who, `${name} is a disposed tensor; ${expected}`);
  return tensor.shape[0];
}
