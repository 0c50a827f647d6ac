import {
  type DataType,
  engine,
  getBackend,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { isOnHost } from '../../numerics/host.js';
import { type HostBackend, numbersIn, privateBackend } from '../../tfjs/privateParts.js';
import { isFusionOn } from '../tfjs/flag.js';
import { isSupported } from '../trace/isSupported.js';
import { registerOnce } from '../../tfjs/register.js';
import { watching } from '../tfjs/watch.js';

/*
 * Kernels in plain JavaScript, for backends whose numbers it reads without waiting for a device. They pay where tf ops
 * would be many and small.
 */

export type NumberArray = Float32Array | Int32Array | Uint8Array;

/** The numbers of a tensor. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly dtype: DataType;
  readonly values: NumberArray;
}

/** Numbers as tensors of a type hold them, so many or those that are given. */
export const arrayOf = (dtype: DataType, given: number | NumberArray): NumberArray => {
  const Numbers = dtype === 'int32' ? Int32Array : dtype === 'bool' ? Uint8Array : Float32Array;
  return new Numbers(given as number);
};

/** The numbers of a tensor where they are: on wasm only until the next tensor is made. */
export const numbersOf = (input: TensorInfo, backend: HostBackend): NumberArray =>
  backend.typedArrayFromHeap?.(input) ?? numbersIn(input.dataId, backend);

/** The same outside of kernels. */
export function numbersSeen(input: Tensor): NumberArray {
  watching()?.noteRead(input);
  return numbersOf(input, privateBackend() as HostBackend);
}

/** A tensor that a kernel makes, of the type that its numbers are kept in. */
export interface Made {
  readonly shape: number[];
  readonly values: NumberArray;
}

const typeOf = (values: NumberArray): 'float32' | 'int32' | 'bool' =>
  values instanceof Float32Array ? 'float32' : values instanceof Int32Array ? 'int32' : 'bool';

/** Runs a kernel on the backend in use. */
export type HostKernel<Attributes extends object> = (tensors: readonly Tensor[], attributes: Attributes) => Tensor[];

/** Whether such kernels may run on the backend in use. */
export const areHostKernelsOn = (): boolean => isFusionOn() && isOnHost() && isSupported();

/** Whether those may run that do what a few tf ops do: what is recorded has better ones of these. */
export const areShortcutsOn = (): boolean => areHostKernelsOn() && watching() === null;

/** A kernel of that name in tfjs's registry, on each backend as soon as it runs there. */
export const hostKernel = <Attributes extends object>(
  kernelName: string,
  compute: (inputs: readonly Numbers[], attributes: Attributes) => readonly Made[],
): HostKernel<Attributes> =>
  registered(kernelName, (inputs, attributes, backend) =>
    compute(inputs.map(numbersOn(backend)), attributes).map(({ shape, values }) => {
      const dtype = typeOf(values);
      return { dataId: backend.write(values, shape, dtype), shape, dtype };
    }),
  );

/**
 * The same where the shapes of what is made are known before: a large result is written where it is to stay. Each number of
 * the results has to be set.
 *
 * @param typeOfResults default: float32. Of another type, results are arrays of that type in truth.
 */
export const hostKernelInto = <Attributes extends object>(
  kernelName: string,
  shapesOf: (inputs: readonly TensorInfo[], attributes: Attributes) => readonly number[][],
  compute: (inputs: readonly Numbers[], attributes: Attributes, results: readonly Float32Array[]) => void,
  typeOfResults: (inputs: readonly TensorInfo[]) => DataType = () => 'float32',
): HostKernel<Attributes> =>
  registered(kernelName, (inputs, attributes, backend) => {
    const shapes = shapesOf(inputs, attributes);
    const dtype = typeOfResults(inputs);
    const { makeOutput, typedArrayFromHeap } = backend;
    if (!makeOutput || !typedArrayFromHeap) {
      const results = shapes.map((shape) => arrayOf(dtype, util.sizeFromShape(shape)) as Float32Array);
      compute(inputs.map(numbersOn(backend)), attributes, results);
      return results.map((values, i) => {
        const shape = shapes[i] as number[];
        return { dataId: backend.write(values, shape, dtype), shape, dtype };
      });
    }
    // Views of the heap come after, because it may grow.
    const made = shapes.map((shape) => makeOutput.call(backend, shape, dtype));
    const results = made.map((info) => typedArrayFromHeap.call(backend, info) as Float32Array);
    compute(inputs.map(numbersOn(backend)), attributes, results);
    return made;
  });

const numbersOn =
  (backend: HostBackend) =>
  (input: TensorInfo): Numbers => ({
    shape: input.shape,
    dtype: input.dtype,
    values: numbersOf(input, backend),
  });

function registered<Attributes extends object>(
  kernelName: string,
  run: (inputs: readonly TensorInfo[], attributes: Attributes, backend: HostBackend) => TensorInfo[],
): HostKernel<Attributes> {
  const register = (backendName: string): void =>
    registerOnce({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        run(Object.values(inputs) as TensorInfo[], attrs as unknown as Attributes, backend as HostBackend),
    });
  return (tensors, attributes) => {
    register(getBackend());
    return engine().runKernel(kernelName, Object.fromEntries(tensors.entries()), attributes as NamedAttrMap);
  };
}
