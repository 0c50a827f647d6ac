import { engine, getBackend, registerKernel, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';
import { cpu } from './cpu/runner.js';
import { isFusionOn } from './flag.js';
import { FUSED_LOSS, type Runner, type Task } from './kernel.js';
import type { Program } from './program.js';
import { wasm } from './wasm/runner.js';

const runners: Readonly<Record<string, Runner<KernelBackend>>> = {
  cpu: cpu as Runner<unknown>,
  wasm: wasm as Runner<unknown>,
};

const registered = new Set<string>();

/** The runner of the backend in use. */
function runnerInUse(): Runner<KernelBackend> | undefined {
  const backendName = getBackend();
  const runner = runners[backendName];
  if (runner && !registered.has(backendName)) {
    registered.add(backendName);
    registerKernel({
      kernelName: FUSED_LOSS,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) =>
        runner.run(attrs as unknown as Task, Object.values(inputs) as TensorInfo[], backend as KernelBackend),
    });
  }
  return runner;
}

/** Whether there are kernels on the backend in use. */
export const areKernelsOn = (): boolean => isFusionOn() && runnerInUse() !== undefined;

/** Whether a program can be run now. */
export const canRun = (program: Program | null): program is Program =>
  program !== null && (runnerInUse()?.canRun(program, engine().backend) ?? false);
