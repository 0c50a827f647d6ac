import type { DataType, NamedAttrMap } from '@tensorflow/tfjs-core';

/* Kernels of tfjs as functions on numbers that lie in arrays, without tensors. */

/** A tensor as far as a step knows it before it runs. */
export interface Form {
  readonly shape: readonly number[];
  readonly dtype: DataType;
}

/**
 * Computes outputs from inputs. All numbers lie as float32: booleans as 0 and 1, integers as whole numbers, which are exact
 * up to 2²⁴. Every number of every output is set. Outputs never overlap inputs. All may lie in a memory of WebAssembly.
 */
export type Step = (
  inputs: readonly Float32Array[],
  outputs: readonly Float32Array[],
  memory?: WebAssembly.Memory,
) => void;

/** A step for a kernel of tfjs of these forms and attributes; null: none. Inputs come in the order in which tfjs's ops name them. */
export type Prepare = (inputs: readonly Form[], attrs: NamedAttrMap, outputs: readonly Form[]) => Step | null;

/** A step with one input and one output. */
export const single =
  (run: (x: Float32Array, y: Float32Array) => void): Step =>
  (inputs, outputs) =>
    run(inputs[0] as Float32Array, outputs[0] as Float32Array);
