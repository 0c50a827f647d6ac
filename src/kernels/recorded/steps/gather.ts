import { util } from '@tensorflow/tfjs-core';
import { axisOf, shapeOf, sizeOf, stridesOf } from './axes.js';
import type { Prepare } from './step.js';
import { LONG } from './strided.js';

/* Numbers at indices that are numbers themselves. */

function copyRun(from: Float32Array, source: number, to: Float32Array, target: number, length: number): void {
  if (length >= LONG) to.set(from.subarray(source, source + length), target);
  else for (let i = 0; i < length; i++) to[target + i] = from[source + i] as number;
}

const gatherV2: Prepare = (inputs, attrs) => {
  const [shape, indicesShape] = [shapeOf(inputs), shapeOf(inputs, 1)];
  const axis = axisOf(attrs['axis'] as number, shape);
  const batchDims = axisOf((attrs['batchDims'] as number | undefined) ?? 0, indicesShape);
  const batches = sizeOf(shape.slice(0, batchDims));
  const outer = sizeOf(shape.slice(batchDims, axis));
  const size = shape[axis] as number;
  const inner = sizeOf(shape.slice(axis + 1));
  const perBatch = sizeOf(indicesShape.slice(batchDims));
  return ([x, indices], [y]) => {
    checkIndices(indices as Float32Array, size);
    let target = 0;
    for (let batch = 0; batch < batches; batch++) {
      for (let o = 0; o < outer; o++) {
        const first = (batch * outer + o) * size;
        for (let i = 0; i < perBatch; i++) {
          const index = (indices as Float32Array)[batch * perBatch + i] as number;
          copyRun(x as Float32Array, (first + index) * inner, y as Float32Array, target, inner);
          target += inner;
        }
      }
    }
  };
};

/** Throws what tfjs throws. */
function checkIndices(indices: Float32Array, size: number): void {
  for (const index of indices) {
    if (!(index >= 0 && index < size))
      util.assert(false, () => `GatherV2: the index value ${index} is not in [0, ${size - 1}]`);
  }
}

/** The number of the slice that a row of indices names. */
function sliceAt(indices: Float32Array, row: number, strides: readonly number[]): number {
  let slice = 0;
  for (let i = 0; i < strides.length; i++)
    slice += (indices[row * strides.length + i] as number) * (strides[i] as number);
  return slice;
}

/** Slices of the last axes by indices along the first ones. */
interface Slices {
  readonly strides: readonly number[];
  readonly count: number;
  readonly rows: number;
  readonly size: number;
}

function slicesOf(shape: readonly number[], indicesShape: readonly number[]): Slices {
  const rank = indicesShape.at(-1) as number;
  const first = shape.slice(0, rank);
  return {
    strides: stridesOf(first),
    count: sizeOf(first),
    rows: sizeOf(indicesShape.slice(0, -1)),
    size: sizeOf(shape.slice(rank)),
  };
}

/** Throws what tfjs throws where a row of indices names no slice. */
function checkSlice(
  slice: number,
  indices: Float32Array,
  row: number,
  { strides, count }: Slices,
  shape: readonly number[],
): void {
  if (slice >= 0 && slice < count) return;
  const index = Array.from(indices.subarray(row * strides.length, (row + 1) * strides.length));
  throw new Error(`Invalid indices: ${index.join()} does not index into ${shape.join()}`);
}

const gatherNd: Prepare = (inputs) => {
  const shape = shapeOf(inputs);
  const slices = slicesOf(shape, shapeOf(inputs, 1));
  return ([x, indices], [y]) => {
    for (let row = 0; row < slices.rows; row++) {
      const slice = sliceAt(indices as Float32Array, row, slices.strides);
      checkSlice(slice, indices as Float32Array, row, slices, shape);
      copyRun(x as Float32Array, slice * slices.size, y as Float32Array, row * slices.size, slices.size);
    }
  };
};

/** Slices that have the same indices are added up. */
const scatterNd: Prepare = (inputs, _, outputs) => {
  const shape = shapeOf(outputs);
  const slices = slicesOf(shape, shapeOf(inputs));
  const { size } = slices;
  return ([indices, updates], [y]) => {
    const [made, added] = [y as Float32Array, updates as Float32Array];
    made.fill(0);
    for (let row = 0; row < slices.rows; row++) {
      const slice = sliceAt(indices as Float32Array, row, slices.strides);
      checkSlice(slice, indices as Float32Array, row, slices, shape);
      for (let i = 0; i < size; i++) (made[slice * size + i] as number) += added[row * size + i] as number;
    }
  };
};

const tensorScatterUpdate: Prepare = (inputs) => {
  const shape = shapeOf(inputs);
  const slices = slicesOf(shape, shapeOf(inputs, 1));
  const { size } = slices;
  const isScalar = shapeOf(inputs, 2).length === 0;
  return ([x, indices, updates], [y]) => {
    const [made, written] = [y as Float32Array, updates as Float32Array];
    made.set(x as Float32Array);
    for (let row = 0; row < slices.rows; row++) {
      const slice = sliceAt(indices as Float32Array, row, slices.strides);
      checkSlice(slice, indices as Float32Array, row, slices, shape);
      for (let i = 0; i < size; i++) made[slice * size + i] = written[isScalar ? 0 : row * size + i] as number;
    }
  };
};

export const gathers: Readonly<Record<string, Prepare>> = {
  GatherV2: gatherV2,
  GatherNd: gatherNd,
  ScatterNd: scatterNd,
  TensorScatterUpdate: tensorScatterUpdate,
};
