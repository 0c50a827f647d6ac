import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { registerOnce } from './register.js';
import { tensor } from './ops.js';

/** Ops of losses that the wasm backend of tfjs lacks before 4.3, on one number. */
const absent: Readonly<Record<string, (x: number) => number>> = {
  Atan: Math.atan,
  Expm1: Math.expm1,
  IsFinite: (x) => Number(Number.isFinite(x)),
  IsNan: (x) => Number(Number.isNaN(x)),
  Log1p: Math.log1p,
  Softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/**
 * Gives the wasm backend of an older tfjs the ops that it lacks, whether that backend is loaded already or comes later: it
 * brings none of these names itself, and it has the version of tfjs-core.
 */
export function completeWasm(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 4 || (major === 4 && minor >= 3)) return;
  for (const [kernelName, f] of Object.entries(absent)) {
    const dtype = kernelName.startsWith('Is') ? 'bool' : 'float32';
    const kernelFunc = (({ inputs, backend }) => {
      const { dataId, shape } = inputs['x'] as TensorInfo;
      const numbers = (backend as { readSync(dataId: object): Float32Array }).readSync(dataId);
      return tensor(Float32Array.from(numbers, f), shape, dtype);
    }) as KernelConfig['kernelFunc'];
    registerOnce({ kernelName, backendName: 'wasm', kernelFunc });
  }
}
