import { backend_util, getBackend, type Tensor, type TensorInfo, transpose as ofTfjs } from '@tensorflow/tfjs-core';
import { transpose } from '../../numerics/portable.js';
import { memoryFor } from '../backends/wasm/copied.js';
import { isAvailable } from '../backends/wasm/instance.js';
import { canTranspose, transposeAll } from '../backends/wasm/transposition.js';
import { differentiable } from '../tfjs/differentiable.js';
import { noteSource, type Tables, tablesIn } from '../tfjs/transposed.js';
import {
  areHostKernelsOn,
  areShortcutsOn,
  hostKernelInto,
  type HostKernel,
  type NumberArray,
  type Numbers,
} from './hostKernel.js';

/* Axes in another order, on cpu, where tfjs takes a list of indices for each number. */

/** Fewer numbers are as soon moved by tfjs. */
const WORTHWHILE = 128;

/** Larger tensors would take too much memory for good. */
const MOST = 2 ** 24;

/** x with its axes in another order, noted as made of x; null where neither a kernel nor the note is of use. */
export function transposedTables(x: Tensor, perm: readonly number[]): Tensor | null {
  const tables = areHostKernelsOn() ? tablesIn(x.shape, perm) : null;
  if (!tables) return null;
  const own = byKernel(x, perm, tables);
  if (x.dtype !== 'float32') return own;
  const result = own ?? ofTfjs(x, [...perm]);
  noteSource(result, { tensor: x, ...tables });
  return result;
}

/** Null where there is no kernel. */
function byKernel(x: Tensor, perm: readonly number[], tables: Tables): Tensor | null {
  const { size, shape } = x;
  const isFor = areShortcutsOn() && getBackend() === 'cpu' && size >= WORTHWHILE && size <= MOST;
  const memory = isFor && isAvailable() && memoryFor(8 * upToFour(size));
  if (!memory || !canTranspose(memory, tables)) return null;
  return differentiable([x], () => ({
    result: moved([x], { shape: perm.map((axis) => shape[axis] as number), tables })[0] as Tensor,
    gradient: (_, dy) => transpose(dy, backend_util.getUndoAxesPermutation([...perm])),
  }));
}

const upToFour = (count: number): number => 4 * Math.ceil(count / 4);

interface Attributes {
  /** Of the result. */
  readonly shape: number[];
  readonly tables: Tables;
}

const moved: HostKernel<Attributes> = /* @__PURE__ */ hostKernelInto(
  'TransposedTables',
  (_, { shape }) => [shape],
  ([x], { tables }, [result]) => {
    const { values } = x as Numbers;
    const made: NumberArray = result as Float32Array;
    const size = upToFour(made.length);
    const memory = memoryFor(8 * size) as WebAssembly.Memory;
    // What tfjs holds may be of another type than the tensor: it casts without converting.
    const copies = new (made instanceof Float32Array ? Float32Array : Int32Array)(memory.buffer, 0, 2 * size);
    copies.set(values);
    transposeAll(memory, 0, 4 * size, tables);
    made.set(copies.subarray(size, size + made.length));
  },
  ([x]) => (x as TensorInfo).dtype,
);
