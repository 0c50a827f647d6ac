import { cast, getBackend, reshape, tensor, Tensor } from '@tensorflow/tfjs-core';
import type { Domain } from './domain.js';
import { fail, show } from './fail.js';
import type { TensorInput } from './options.js';

/** Backends whose tensors lie in memory that JavaScript reads without waiting for a device. */
const readable = new Set(['cpu', 'wasm', 'tensorflow']);

/** An argument as a tensor, and whether its values can be read for free. */
export interface Argument {
  readonly name: string;
  readonly tensor: Tensor;
  readonly readable: boolean;
}

export function toArgument(who: string, name: string, value: TensorInput | undefined): Argument {
  const isTensor = value instanceof Tensor;
  const converted = isTensor ? value : fromArray(who, name, value);
  if (converted.dtype === 'string' || converted.dtype === 'complex64') {
    fail(who, `${name} is a ${converted.dtype} tensor; expected numbers or booleans`);
  }
  return { name, tensor: converted, readable: !isTensor || readable.has(getBackend()) };
}

function fromArray(who: string, name: string, value: unknown): Tensor {
  const isArray = Array.isArray(value) || ArrayBuffer.isView(value);
  if (!isArray && typeof value !== 'number' && typeof value !== 'boolean') {
    fail(who, `${name} is ${show(value)}; expected a tensor, an array or a number`);
  }
  const converted = tensor(value as number[]);
  // tfjs takes the shape from the first row and does not look whether the others fit.
  if (
    Array.isArray(value) &&
    value.flat(Infinity).length !== converted.size &&
    !value.some((row) => ArrayBuffer.isView(row))
  ) {
    fail(who, `${name} has rows of different lengths; expected all of one shape`);
  }
  return converted;
}

/** Class indices are int32, everything else float32. */
export function castTo(domain: Domain, input: Tensor): Tensor {
  const dtype = domain === 'classIndex' ? 'int32' : 'float32';
  return input.dtype === dtype ? input : cast(input, dtype);
}

/** Weights or a mask, with axes of size 1 appended so that it broadcasts against `shape` from the left. */
export function alignLeading(who: string, { name, tensor }: Argument, shape: readonly number[]): Tensor {
  const own = tensor.shape;
  const fits = own.every((size, i) => size === 1 || size === shape[i]);
  if (!fits) {
    fail(who, `${name} has shape ${show(own)}; expected the leading axes of ${show(shape)}, each of that size or 1`);
  }
  const rank = shape.length;
  return own.length === rank
    ? tensor
    : reshape(
        tensor,
        Array.from({ length: rank }, (_, i) => own[i] ?? 1),
      );
}
