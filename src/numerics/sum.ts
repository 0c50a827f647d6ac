import { sum as tfSum, type Tensor } from '@tensorflow/tfjs-core';
import { add, broadcast_util, customGrad, getBackend, mul, pad, reshape, util, zeros } from '../tfjs/ops.js';

/** Backends that add numbers up one by one in single precision, tfjs-node over all axes but the last. */
const naive: ReadonlySet<string> = new Set(['wasm', 'tensorflow']);

/** More numbers than this lose digits there. They are added up so many at a time, and what comes of it likewise. */
const LONG = 1024;

const BLOCK = 64;

/** A sum over axes, or over all of them, as exact on one backend as on another: there it is a sum of sums of blocks. */
export function sum(x: Tensor, axis?: number | number[], keepDims = false): Tensor {
  if (isSummedExactly(x)) return tfSum(x, axis, keepDims);
  const axes = util.parseAxisParam(axis as number, x.shape);
  const total = axes.reduce((rest, a) => sumAlong(rest, a), x);
  return reshape(total, keepDims ? total.shape : x.shape.filter((_, a) => !axes.includes(a)));
}

/** Whether the sum of tfjs has all its digits. */
const isSummedExactly = ({ size, dtype }: Tensor): boolean =>
  size <= LONG || dtype !== 'float32' || !naive.has(getBackend());

/** The sum over one axis, which stays, with size 1. */
function sumAlong(x: Tensor, axis: number, most = LONG): Tensor {
  const size = x.shape[axis] as number;
  if (size <= most) return tfSum(x, axis, true);
  const [before, after] = [x.shape.slice(0, axis), x.shape.slice(axis + 1)];
  const blocks = Math.ceil(size / BLOCK);
  const rows = reshape(x, [util.sizeFromShape(before), size, util.sizeFromShape(after)]);
  const missing = blocks * BLOCK - size;
  const padded =
    missing === 0
      ? rows
      : pad(rows, [
          [0, 0],
          [0, missing],
          [0, 0],
        ]);
  const sums = tfSum(reshape(padded, [rows.shape[0], blocks, BLOCK, rows.shape[2]] as number[]), 2);
  return sumAlong(reshape(sums, [...before, blocks, ...after]), axis, BLOCK);
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
    value: add(args[0] as Tensor, zeros(shape, x.dtype === 'int32' ? 'int32' : 'float32')),
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
