import { engine, getBackend, type NamedAttrMap, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { isOnHost } from '../../numerics/host.js';
import { type HostBackend, privateBackend } from '../../tfjs/privateParts.js';
import { isFusionOn } from '../tfjs/flag.js';
import { isSupported } from '../trace/isSupported.js';
import { registerOnce } from '../../tfjs/register.js';

/*
 * Kernels in plain JavaScript, for backends whose numbers it reads without waiting for a device. They pay where tf ops
 * would be many and small.
 */

export type NumberArray = Float32Array | Int32Array | Uint8Array;

/** The numbers of a tensor. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: NumberArray;
}

/** The numbers of a tensor where they are: on wasm only until the next tensor is made. */
export const numbersOf = (input: TensorInfo): NumberArray =>
  (privateBackend() as HostBackend).typedArrayFromHeap?.(input) ?? (engine().readSync(input.dataId) as NumberArray);

/** What a kernel makes of one tensor. */
export interface Made {
  readonly shape: number[];
  readonly values: Float32Array;
}

/** Runs a kernel on the backend in use. */
export type HostKernel<Attributes extends object> = (tensors: readonly Tensor[], attributes: Attributes) => Tensor[];

/** Whether such kernels may run on the backend in use. */
export const areHostKernelsOn = (): boolean => isFusionOn() && isOnHost() && isSupported();

/** A kernel of that name in tfjs's registry, on each backend as soon as it runs there. */
export function hostKernel<Attributes extends object>(
  kernelName: string,
  compute: (inputs: readonly Numbers[], attributes: Attributes) => readonly Made[],
): HostKernel<Attributes> {
  const register = (backendName: string): void =>
    registerOnce({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const memory = backend as HostBackend;
        const given = (Object.values(inputs) as TensorInfo[]).map((input) => ({
          shape: input.shape,
          values: numbersOf(input),
        }));
        return compute(given, attrs as unknown as Attributes).map(({ shape, values }): TensorInfo => ({
          dataId: memory.write(values, shape, 'float32'),
          shape,
          dtype: 'float32',
        }));
      },
    });
  return (tensors, attributes) => {
    register(getBackend());
    return engine().runKernel(kernelName, Object.fromEntries(tensors.entries()), attributes as NamedAttrMap);
  };
}
