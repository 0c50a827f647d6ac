import { getBackend, reshape, tensor, Tensor, util } from '@tensorflow/tfjs-core';
import { domains, type Domain } from './domain.js';
import { fail, show } from './fail.js';
import type { TensorInput } from './options.js';
import { cast, trueToType } from './numerics.js';

/** Backends whose tensors lie in memory that JavaScript reads without waiting for a device. */
const hostBackends = new Set(['cpu', 'wasm', 'tensorflow']);

/** Whether tensors can be read for free on the backend in use. */
export const isOnHost = (): boolean => hostBackends.has(getBackend());

/** How many axes an argument has; arrays are not looked into further than that. */
export const rankOf = (value: unknown): number =>
  value instanceof Tensor ? value.rank : isNumericArray(value) ? 1 : Array.isArray(value) ? 1 + rankOf(value[0]) : 0;

/** An argument as a tensor, and whether its values can be read for free. */
export interface Argument {
  readonly name: string;
  readonly tensor: Tensor;
  readonly readable: boolean;
}

export function toArgument(who: string, name: string, value: TensorInput | undefined): Argument {
  if (!(value instanceof Tensor)) return { name, tensor: fromArray(who, name, value), readable: true };
  if (value.isDisposed) fail(who, `${name} is a disposed tensor; expected one that is still in use`);
  if (value.dtype === 'string' || value.dtype === 'complex64') {
    fail(who, `${name} is a ${value.dtype} tensor; expected numbers or booleans`);
  }
  return { name, tensor: trueToType(value), readable: isOnHost() };
}

/** tfjs takes the shape of an array from its first rows and looks neither at the others nor at what is in them. */
function fromArray(who: string, name: string, value: unknown): Tensor {
  const flat: (number | boolean)[] = [];
  const shape = collect(value, flat, (found) =>
    fail(who, `${name} ${found}; expected a tensor, a number, or arrays of numbers that are equally long`),
  );
  return tensor(flat as number[], shape, flat.every((entry) => typeof entry === 'boolean') ? 'bool' : 'float32');
}

/** The shape of nested arrays, whose entries are appended to `flat`. */
function collect(value: unknown, flat: (number | boolean)[], refuse: (found: string) => never): number[] {
  if (typeof value === 'number' || typeof value === 'boolean') {
    flat.push(value);
    return [];
  }
  if (isNumericArray(value)) {
    for (const entry of value) flat.push(entry);
    return [value.length];
  }
  if (!Array.isArray(value)) refuse(`${flat.length === 0 ? 'is' : 'contains'} ${show(value)}`);
  const shapes = value.map((row) => collect(row, flat, refuse));
  const [first = []] = shapes;
  if (!shapes.every((shape) => util.arraysEqual(shape, first))) refuse('has rows of different lengths');
  return [value.length, ...first];
}

const isNumericArray = (value: unknown): value is Float32Array =>
  ArrayBuffer.isView(value) &&
  Symbol.iterator in value &&
  !(value instanceof BigInt64Array || value instanceof BigUint64Array);

/** Class indices and the like are int32, everything else float32. */
export const castTo = (domain: Domain, input: Tensor): Tensor =>
  cast(input, domains[domain].integer ? 'int32' : 'float32');

/** Weights or a mask, with axes of size 1 appended so that it broadcasts against `shape` from the left. */
export function alignLeading(who: string, { name, tensor }: Argument, shape: readonly number[]): Tensor {
  const own = tensor.shape;
  const fits = own.every((size, i) => size === 1 || size === shape[i]);
  if (!fits) {
    fail(who, `${name} has shape ${show(own)}; expected the leading axes of ${show(shape)}, each of that size or 1`);
  }
  const rank = shape.length;
  if (own.length === rank) return tensor;
  return reshape(
    tensor,
    Array.from({ length: rank }, (_, i) => own[i] ?? 1),
  );
}
