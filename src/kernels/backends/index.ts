import {
  engine,
  getBackend,
  type KernelBackend,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { own } from '../../definition/own.js';
import type { Program } from '../program/program.js';
import { isFusionOn } from '../tfjs/flag.js';
import { watching } from '../tfjs/watch.js';
import { registerOnce } from '../../tfjs/register.js';
import { isSupported } from '../trace/isSupported.js';
import { FUSED_LOSS, type Runner, type TableSize, type Task } from './runner.js';
import { copied } from './wasm/copied.js';
import { inPlace } from './wasm/inPlace.js';
import { webgl } from './webgl/runner.js';
import { webgpu } from './webgpu/runner.js';

const runners: Readonly<Record<string, Runner<KernelBackend>>> = {
  cpu: copied,
  tensorflow: copied,
  wasm: inPlace as Runner<unknown>,
  webgl: webgl as Runner<unknown>,
  webgpu: webgpu as Runner<unknown>,
};

/** The runner of the backend in use. */
const runnerInUse = (): Runner<KernelBackend> | undefined => own(runners, getBackend());

/** Whether there are kernels on the backend in use. */
export const areKernelsOn = (): boolean => isFusionOn() && runnerInUse() !== undefined && isSupported();

/** Whether they know groups of rows. */
export const areGroupsKnown = (): boolean => runnerInUse()?.knowsGroups === true;

/** Whether a program can be run now on a table; it may have to be compiled first. */
export function canRun(program: Program | null, table: TableSize): program is Program {
  const runner = runnerInUse();
  const { backend } = engine();
  if (program === null || !runner?.uses.every((part) => part in backend)) return false;
  return runner.canRun({ program, ...table }, backend);
}

/** Runs a program that can be run. */
export function run(task: Task, tensors: readonly Tensor[]): Tensor[] {
  const runner = runnerInUse() as Runner<KernelBackend>;
  registerOnce({
    kernelName: FUSED_LOSS,
    backendName: getBackend(),
    kernelFunc: ({ inputs, attrs, backend }) =>
      runner.run(attrs as unknown as Task, Object.values(inputs) as TensorInfo[], backend as KernelBackend),
  });
  return engine().runKernel(FUSED_LOSS, tensors as unknown as NamedTensorMap, task as unknown as NamedAttrMap);
}

/** Whether a tensor is the number 1, so far as that is known without waiting for a device. */
export function isKnownOne(tensor: Tensor): boolean {
  const runner = runnerInUse();
  if (tensor.size !== 1 || watching()?.isConstant(tensor) === false) return false;
  const values = runner?.known ? runner.known(tensor, engine().backend) : tensor.dataSync();
  return values?.[0] === 1;
}
