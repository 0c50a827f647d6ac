import { slice, sum as tfSum, type Tensor } from '@tensorflow/tfjs-core';
import { opKernels } from './opKernels.js';
import { add, broadcast_util, customGrad, getBackend, mul, reshape, util, zeros } from '../tfjs/ops.js';

/** Backends that add numbers up one by one in single precision, tfjs-node over all axes but the last. */
const naive: ReadonlySet<string> = new Set(['wasm', 'tensorflow']);

/** So many numbers are added up at a time, and their sums likewise. More than two blocks lose digits there. */
const BLOCK = 8;

/** A sum over axes, or over all of them, as exact on one backend as on another: there it is a sum of sums of blocks. */
export function sum(x: Tensor, axis?: number | number[], keepDims = false): Tensor {
  const axes = util.parseAxisParam(axis as number, x.shape);
  const total = axes.length === x.rank ? opKernels.total?.(x) : null;
  if (!total && isSummedExactly(x)) return tfSum(x, axis, keepDims);
  const sums = total ?? axes.reduceRight((rest, a) => sumAlong(rest, a), x);
  return reshape(
    sums,
    x.shape.flatMap((size, a) => (!axes.includes(a) ? size : keepDims ? 1 : [])),
  );
}

/** Whether the sum of tfjs has all its digits. */
const isSummedExactly = ({ size, dtype }: Tensor): boolean =>
  size <= 2 * BLOCK || dtype !== 'float32' || !naive.has(getBackend());

/** The sum over one axis, which stays, with size 1. */
function sumAlong(x: Tensor, axis: number): Tensor {
  const size = x.shape[axis] as number;
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const isLast = util.sizeFromShape(after) === 1;
  // TensorFlow adds what lies side by side up in several places at a time.
  const block = isLast && getBackend() === 'tensorflow' ? 8 * BLOCK : BLOCK;
  if (size <= 2 * block) return tfSum(x, axis, true);
  const rest = size % block;
  if (rest > 0) {
    const cut = (from: number, count: number): Tensor =>
      slice(
        x,
        x.shape.map((_, a) => (a === axis ? from : 0)),
        x.shape.map((all, a) => (a === axis ? count : all)),
      );
    return add(sumAlong(cut(0, size - rest), axis), tfSum(cut(size - rest, rest), axis, true));
  }
  const blocks = reshape(x, [util.sizeFromShape(before), size / block, block, util.sizeFromShape(after)]);
  return sumAlong(reshape(tfSum(blocks, 2), [...before, size / block, ...after]), axis);
}

/** The sum over the axes along which a shape is broadcast, in that shape. */
function sumTo(x: Tensor, shape: number[]): Tensor {
  if (util.arraysEqual(x.shape, shape)) return x;
  const lacking = x.rank - shape.length;
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis < lacking || shape[axis - lacking] === 1);
  return reshape(sum(x, axes), shape);
}

/** x repeated to a shape against which it broadcasts. tfjs differentiates its own `broadcastTo` up to rank 4 only. */
export function stretch(x: Tensor, shape: number[]): Tensor {
  if (util.arraysEqual(x.shape, shape)) return x;
  return customGrad((...args) => ({
    value: add(args[0] as Tensor, zeros(shape, x.dtype)),
    gradFunc: (dy: Tensor) => sumTo(dy, x.shape),
  }))(x);
}

/** a·b. The derivative of a factor that is repeated is a sum, which tfjs would make by itself. */
export function times(a: Tensor | number, b: Tensor): Tensor {
  if (typeof a === 'number' || isSummedExactly(a.size > b.size ? a : b)) return mul(a, b);
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  return mul(stretch(a, shape), stretch(b, shape));
}

/** The mean over one axis. */
export const mean = (x: Tensor, axis: number): Tensor => mul(sum(x, axis), 1 / (x.shape.at(axis) as number));
