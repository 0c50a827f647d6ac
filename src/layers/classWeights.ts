import {
  gather,
  greaterEqual,
  lessEqual,
  logicalAnd,
  ones,
  scalar,
  type Tensor,
  tensor1d,
} from '@tensorflow/tfjs-core';
import { fail, show } from '../definition/fail.js';
import { weight as ofClass } from '../definition/kinds.js';
import { isOptions } from '../definition/options.js';
import { where } from '../numerics/portable.js';

/** How much each class counts, by its index; a class that is left out counts 1. */
export type ClassWeight = Readonly<Record<number, number>>;

/** Float32, in which class indices are compared, has no whole numbers beyond. */
export const MOST_CLASSES = 2 ** 24;

/** Whether an object is about classes; what they weigh is looked at later. */
export const isClassWeight = (value: unknown): value is ClassWeight =>
  isOptions(value) &&
  Reflect.ownKeys(value).every((index) => typeof index === 'string' && /^(0|[1-9]\d{0,8})$/.test(index));

/** The weight of the class that each label names; 1 for a label that names none, such as an ignored one. */
export function weightsOfClasses(indices: Tensor, classWeight: ClassWeight): Tensor {
  const entries = Object.entries(classWeight);
  const stray = entries.find(([, weight]) => !ofClass.accepts(weight));
  if (stray) fail('classWeight', `the weight of class ${stray[0]} is ${show(stray[1])}; expected ${ofClass.expected}`);
  if (entries.length === 0) return ones(indices.shape);
  const last = Math.max(...entries.map(([index]) => Number(index)));
  const table = new Float32Array(last + 1).fill(1);
  for (const [index, weight] of entries) table[Number(index)] = weight;
  const isNamed = logicalAnd(greaterEqual(indices, 0), lessEqual(indices, last));
  const weights = gather(tensor1d(table), where(isNamed, indices, scalar(0, 'int32')));
  return where(isNamed, weights, 1);
}
