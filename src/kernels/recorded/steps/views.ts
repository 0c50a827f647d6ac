import { backend_util, type NamedAttrMap, slice_util, type Tensor, util } from '@tensorflow/tfjs-core';
import { transposeAll } from '../../backends/wasm/transposition.js';
import { tablesIn } from '../../tfjs/transposed.js';
import { around, axisOf, shapeOf, sizeOf, stridesOf } from './axes.js';
import { type Prepare, single, type Step } from './step.js';
import { copier, type Copy, type Place } from './strided.js';

/* Outputs whose numbers lie in the input at regular distances. */

/** The numbers of an output of that shape, which lie so in the input. */
const view = (shape: readonly number[], place: Place): Step =>
  single(copier(shape, place, { at: 0, strides: stridesOf(shape) }));

/** All numbers as they are. */
export const same: Prepare = (inputs) => {
  const shape = shapeOf(inputs);
  return view(shape, { at: 0, strides: stridesOf(shape) });
};

const placeAt = (begin: readonly number[], strides: readonly number[]): number =>
  begin.reduce((sum, index, axis) => sum + index * (strides[axis] as number), 0);

/** A block of that size whose first number has these indices. */
function block(shape: readonly number[], begin: readonly number[], size: readonly number[]): Step {
  const strides = stridesOf(shape);
  return view(size, { at: placeAt(begin, strides), strides });
}

/** From so many numbers on, WebAssembly transposes sooner than JavaScript. */
const WORTHWHILE = 128;

const transpose: Prepare = (inputs, attrs, outputs) => {
  const strides = stridesOf(shapeOf(inputs));
  const perm = attrs['perm'] as number[];
  const copied = view(shapeOf(outputs), { at: 0, strides: perm.map((axis) => strides[axis] as number) });
  const tables = tablesIn(shapeOf(inputs), perm);
  if (!tables || sizeOf(shapeOf(outputs)) < WORTHWHILE) return copied;
  return (given, made, memory) => {
    const [x, y] = [given[0] as Float32Array, made[0] as Float32Array];
    if (!memory || !transposeAll(memory, x.byteOffset, y.byteOffset, tables)) copied(given, made);
  };
};

const slice: Prepare = (inputs, attrs) => {
  const shape = shapeOf(inputs);
  const [begin, size] = slice_util.parseSliceParams(
    { shape } as unknown as Tensor,
    attrs['begin'] as number[],
    attrs['size'] as number[],
  );
  return block(shape, begin as number[], size as number[]);
};

const stridedSlice: Prepare = (inputs, attrs) => {
  const shape = shapeOf(inputs);
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } =
    attrs as unknown as StridedSliceAttrs;
  const info = slice_util.sliceInfo(
    [...shape],
    begin,
    end,
    strides,
    beginMask,
    endMask,
    ellipsisMask,
    newAxisMask,
    shrinkAxisMask,
  );
  const own = stridesOf(shape);
  return view(info.finalShapeSparse, {
    at: placeAt(info.begin, own),
    strides: own.map((stride, axis) => stride * (info.strides[axis] as number)),
  });
};

interface StridedSliceAttrs {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

const reverse: Prepare = (inputs, attrs) => {
  const shape = shapeOf(inputs);
  const strides = stridesOf(shape);
  const reversed = util.parseAxisParam(attrs['dims'] as number[], [...shape]);
  const at = reversed.reduce((sum, axis) => sum + ((shape[axis] as number) - 1) * (strides[axis] as number), 0);
  return view(shape, { at, strides: strides.map((stride, axis) => (reversed.includes(axis) ? -stride : stride)) });
};

/** Each axis is two: one along which the input repeats, and its own. */
const tile: Prepare = (inputs, attrs) => {
  const shape = shapeOf(inputs);
  const reps = attrs['reps'] as number[];
  const strides = stridesOf(shape);
  return view(
    shape.flatMap((size, axis) => [reps[axis] as number, size]),
    { at: 0, strides: strides.flatMap((stride) => [0, stride]) },
  );
};

const broadcastTo: Prepare = (inputs, _, outputs) => {
  const [shape, made] = [shapeOf(inputs), shapeOf(outputs)];
  return view(made, { at: 0, strides: broadcastStrides(shape, made) });
};

/** How far neighbours along each axis of the larger shape lie apart in the smaller one: 0 along axes that it lacks. */
export function broadcastStrides(shape: readonly number[], made: readonly number[]): number[] {
  const strides = stridesOf(shape);
  const missing = made.length - shape.length;
  return made.map((_, axis) =>
    axis < missing || shape[axis - missing] === 1 ? 0 : (strides[axis - missing] as number),
  );
}

/** Blocks side by side along an axis, of these sizes. */
function parts(shape: readonly number[], axis: number, sizes: readonly number[]): Step {
  const { before, size: all, after } = around(shape, axis);
  let begin = 0;
  const copies = sizes.map((size) => {
    const from = { at: begin * after, strides: [all * after, 1] };
    begin += size;
    return copier([before, size * after], from, { at: 0, strides: [size * after, 1] });
  });
  return ([x], outputs) => {
    for (let i = 0; i < copies.length; i++) (copies[i] as Copy)(x as Float32Array, outputs[i] as Float32Array);
  };
}

const unpack: Prepare = (inputs, attrs) => {
  const shape = shapeOf(inputs);
  const axis = axisOf(attrs['axis'] as number, shape);
  return parts(shape, axis, Array<number>(shape[axis] as number).fill(1));
};

const splitV: Prepare = (inputs, { numOrSizeSplits, axis }: NamedAttrMap) => {
  const shape = shapeOf(inputs);
  const sizes = backend_util.prepareSplitSize(
    { shape } as unknown as Tensor,
    numOrSizeSplits as number[],
    axisOf(axis as number, shape),
  );
  return parts(shape, axis as number, sizes);
};

export const views: Readonly<Record<string, Prepare>> = {
  Identity: same,
  Reshape: same,
  ExpandDims: same,
  Transpose: transpose,
  Slice: slice,
  StridedSlice: stridedSlice,
  Reverse: reverse,
  Tile: tile,
  BroadcastTo: broadcastTo,
  Unpack: unpack,
  SplitV: splitV,
};
