import type { Tensor } from '@tensorflow/tfjs-core';
import { opKernels } from './opKernels.js';
import { privateBackend, type WebGPUBackend } from '../tfjs/privateParts.js';
import {
  add,
  broadcast_util,
  broadcastTo,
  customGrad,
  env,
  equal,
  fill,
  getBackend,
  logicalAnd,
  max,
  mul,
  notEqual,
  reshape,
  sub,
  any as tfAny,
  cast as tfCast,
  transpose as tfTranspose,
  util,
  where as tfWhere,
} from '../tfjs/ops.js';
import { constant } from './autodiff.js';
import { stretch } from './sum.js';

/** Numbers along the last of so many axes. tfjs takes a vector together with more than four axes for an error on WebGPU. */
export const alongLast = (numbers: Tensor, rank: number): Tensor =>
  rank > 4 ? reshape(numbers, [...new Array<number>(rank - 1).fill(1), -1]) : numbers;

/** Whether numbers are kept in half precision, as WebGL does on most phones: up to 65504, and no infinities. */
export const isHalf = (): boolean =>
  getBackend() === 'webgl' ? !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') : getBackend() === TRACED_IN_HALF;

/** The name of the backend on which formulas are traced for kernels, and of that for kernels in half precision. */
export const TRACED = 'losses-trace';
export const TRACED_IN_HALF = 'losses-trace-half';

/** Whether a formula is traced for a kernel, which has functions of its own for some ops of tfjs. */
export const isTraced = (): boolean => getBackend() === TRACED || getBackend() === TRACED_IN_HALF;

/** A number below all others that come up. */
export const lowest = (): number => (isHalf() ? -6e4 : -Infinity);

/** A small number, or the least that half precision keeps all digits of. */
export const representable = (small: number): number => (isHalf() ? Math.max(small, 2 ** -14) : small);

/**
 * a where the condition is true and b elsewhere, broadcast together. What is not chosen has the derivative 0, also where
 * that of the result is infinite; tfjs multiplies by 0 there.
 */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  const { assertAndGetBroadcastShape: together } = broadcast_util;
  const shapeOf = (x: Tensor | number): number[] => (typeof x === 'number' ? [] : x.shape);
  const shape = together(together(condition.shape, shapeOf(a)), shapeOf(b));
  const [ofA, ofB] = [repeated(a, shape), repeated(b, shape)];
  const tensors = [ofA, ofB].filter((x) => typeof x !== 'number');
  return customGrad((...args) => {
    const save = args[tensors.length] as unknown as (saved: Tensor[]) => void;
    save([condition]);
    const gradFunc = (dy: Tensor, [chosen]: Tensor[]): Tensor[] => [
      ...(typeof a === 'number' ? [] : [where(chosen as Tensor, dy, 0)]),
      ...(typeof b === 'number' ? [] : [where(chosen as Tensor, 0, dy)]),
    ];
    return { value: select(condition, ofA, ofB, shape), gradFunc };
  })(...tensors);
}

function repeated(x: Tensor | number, shape: number[]): Tensor | number {
  if (typeof x === 'number' || util.arraysEqual(x.shape, shape)) return x;
  return x.dtype === 'float32' ? stretch(x, shape) : broadcastTo(x, shape);
}

/**
 * tfjs's own `where`, also beyond the four axes that it takes on WebGL and WebGPU. Numbers are filled in: tfjs
 * repeats them by a kernel that on cpu makes a choice among 65,537 entries take 2.8 ms in place of 0.2. The type is
 * named because wasm cannot fill without before 4.3.
 */
function select(condition: Tensor, a: Tensor | number, b: Tensor | number, shape: number[]): Tensor {
  const filled = (x: Tensor | number, other: Tensor | number): Tensor => {
    if (typeof x !== 'number') return x;
    const dtype = typeof other === 'number' || !Number.isInteger(x) ? 'float32' : other.dtype;
    return fill(shape, x, dtype as 'float32' | 'int32' | 'bool');
  };
  const [ofA, ofB] = [filled(a, b), filled(b, a)];
  if (shape.length <= 4) return tfWhere(condition, ofA, ofB);
  const flat = (x: Tensor): Tensor => reshape(x, [-1]);
  return reshape(tfWhere(flat(broadcastTo(condition, shape)), flat(ofA), flat(ofB)), shape);
}

/** What tfjs's own gives, and float32 is what it says, see `holdsIntegers`. */
export function cast(x: Tensor, dtype: 'float32' | 'int32' | 'bool'): Tensor {
  const result = x.dtype === dtype ? x : tfCast(x, dtype);
  return dtype === 'float32' && holdsIntegers(result) ? add(result, 0) : result;
}

/** On WebGPU tfjs casts integers to float32 by name only, and cannot transpose what comes of it. */
const holdsIntegers = ({ dataId }: Tensor): boolean =>
  getBackend() === 'webgpu' && (privateBackend() as WebGPUBackend).tensorMap.get(dataId)?.dtype !== 'float32';

/** Where integers are the same, broadcast together; tfjs on wasm compares rows with columns 14 times as slowly as it subtracts. */
export const areEqual = (a: Tensor, b: Tensor): Tensor => (getBackend() === 'wasm' ? equal(sub(a, b), 0) : equal(a, b));

/** Where both are true, broadcast together; tfjs on wasm combines booleans of two shapes 14 times as slowly as it multiplies. */
export const areBoth = (a: Tensor, b: Tensor): Tensor =>
  getBackend() === 'wasm' ? notEqual(mul(cast(a, 'float32'), cast(b, 'float32')), 0) : logicalAnd(a, b);

/** x in the numbers that its type is about: a boolean made by a cast on wasm may be any byte. */
export function trueToType(x: Tensor): Tensor {
  if (x.dtype === 'bool')
    return opKernels.countTrue?.(x) != null ? x : constant(() => notEqual(tfCast(x, 'float32'), 0));
  return x.dtype === 'float32' ? cast(x, x.dtype) : x;
}

/** What tfjs's own gives, also for integers and booleans, which it cannot transpose on WebGPU. */
export const transpose = (x: Tensor, axes: number[]): Tensor =>
  opKernels.transposed?.(x, axes) ??
  (x.dtype === 'float32'
    ? tfTranspose(x, axes)
    : cast(tfTranspose(cast(x, 'float32'), axes), x.dtype as 'int32' | 'bool'));

/** What tfjs's own gives, also over axes that are not the last, which on WebGPU it cannot. */
export const any = (x: Tensor, axis?: number | number[], keepDims = false): Tensor =>
  getBackend() === 'webgpu' ? cast(max(cast(x, 'float32'), axis, keepDims), 'bool') : tfAny(x, axis, keepDims);
