import type { TensorLike } from '@tensorflow/tfjs-core';
import { Tensor } from '../tfjs/ops.js';

/** What a tensor argument may be: a tensor, a typed array, a nested array or a number. */
export type TensorInput = Tensor | TensorLike;

export type Row = ArrayLike<unknown>;

export const isNumericArray = (value: unknown): value is Float32Array =>
  ArrayBuffer.isView(value) &&
  Symbol.iterator in value &&
  !(value instanceof BigInt64Array || value instanceof BigUint64Array);

/** What is asked of a value; no, where it cannot be asked, as of a proxy that was revoked. */
const answers = (ask: () => boolean): boolean => {
  try {
    return ask();
  } catch {
    return false;
  }
};

export const isTensor = (value: unknown): value is Tensor => answers(() => value instanceof Tensor);

export const isRow = (value: unknown): value is Row => answers(() => Array.isArray(value) || isNumericArray(value));
