import { getBackend, type KernelConfig, tensor, type TensorInfo } from '@tensorflow/tfjs-core';
import { registerOnce } from './register.js';

/** Ops of losses that the wasm backend of tfjs lacks before 4.3, on one number. */
const absent: Readonly<Record<string, (x: number) => number>> = {
  Atan: Math.atan,
  Expm1: Math.expm1,
  IsFinite: (x) => Number(Number.isFinite(x)),
  Log1p: Math.log1p,
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

let isComplete = false;

/** Gives an older wasm backend the ops that it lacks; to be called when it is in use. */
export function completeWasm(): void {
  if (isComplete || getBackend() !== 'wasm') return;
  isComplete = true;
  for (const [kernelName, f] of Object.entries(absent)) {
    const dtype = kernelName === 'IsFinite' ? 'bool' : 'float32';
    const kernelFunc = (({ inputs, backend }) => {
      const { dataId, shape } = inputs['x'] as TensorInfo;
      const numbers = (backend as { readSync(dataId: object): Float32Array }).readSync(dataId);
      return tensor(Float32Array.from(numbers, f), shape, dtype);
    }) as KernelConfig['kernelFunc'];
    registerOnce({ kernelName, backendName: 'wasm', kernelFunc });
  }
}
