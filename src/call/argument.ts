import type { Tensor } from '@tensorflow/tfjs-core';
import type { Domain } from '../definition/domain.js';
import { entriesOf, shapeOf } from '../definition/entries.js';
import { fail, show } from '../definition/fail.js';
import { checkTensor } from '../definition/kinds.js';
import { isTensor, type TensorInput } from '../definition/tensorInput.js';
import { isOnHost } from '../numerics/host.js';
import { cast, trueToType } from '../numerics/portable.js';
import { reshape, tensor } from '../tfjs/ops.js';

/** How many axes an argument has; arrays are not looked into further than that. */
export const rankOf = (value: unknown): number => shapeOf(value).length;

/** An argument as a tensor, and whether its values can be read for free. */
export interface Argument {
  readonly name: string;
  readonly tensor: Tensor;
  readonly readable: boolean;
  /** A whole number that came in an array and has lost digits. */
  readonly rounded?: number | null;
}

export function toArgument(who: string, name: string, value: TensorInput | undefined): Argument {
  if (isTensor(value)) return { name, tensor: trueToType(checkTensor(who, name, value)), readable: isOnHost() };
  const { shape, values, areBooleans, rounded } = entriesOf(who, name, value);
  return {
    name,
    tensor: areBooleans ? tensor(Uint8Array.from(values), shape, 'bool') : tensor(values, shape, 'float32'),
    readable: true,
    rounded,
  };
}

/** Class indices and the like are int32, everything else float32. */
export const castTo = (domain: Domain, input: Tensor): Tensor => domain.taken?.(input) ?? cast(input, 'float32');

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
