import {
  engine,
  getBackend,
  type KernelBackend,
  type NamedAttrMap,
  type Tensor,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core';
import { own } from '../../definition/own.js';
import { isHalf } from '../../numerics/portable.js';
import { numbersIn, type WasmBackend, type WebGLBackend, type WebGPUBackend } from '../../tfjs/privateParts.js';
import { registerOnce } from '../../tfjs/register.js';
import { canWriteSums, sumsOn } from './gpu/classSums.js';
import { memoryFor } from './wasm/copied.js';
import type { SumsTask } from '../program/classSums.js';
import type { NumberArray } from './wasm/layouts.js';
import { bytesFor, canSum, sumUp } from './wasm/sumsInBlocks.js';
import { deviceOf as ofWebGL, hasLoops, TEXTURES, webgl } from './webgl/runner.js';
import { deviceOf as ofWebGPU, tensorsFor, webgpu } from './webgpu/runner.js';

/** Name of the kernel that sums over rows of classes, in tfjs's registry. */
export const CLASS_SUMS = 'FusedClassSums';

/** Its attributes: a task, and how many inputs come before those of `upstream`. */
export interface SumsAttributes {
  readonly task: SumsTask;
  readonly count: number;
}

/** How a backend runs a program of sums. */
interface SumsRunner<Backend> {
  /** What it takes of the backend, which tfjs may not have in another version. */
  readonly uses: readonly (keyof Backend & string)[];
  /** Whether sums can be had now of a program, which may have to be compiled first. */
  readonly canRun: (task: SumsTask, backend: Backend) => boolean;
  /** The sums if there are any, and a tensor for each number of places. */
  readonly run: (
    task: SumsTask,
    given: readonly TensorInfo[],
    upstream: TensorInfo | null,
    backend: Backend,
  ) => TensorInfo[];
}

const shapeOfSums = ({ program, groups, classes }: SumsTask): number[] => [groups, classes, program.sums.length];
const shapeOfPlaces = ({ groups, rows, classes }: SumsTask): number[] => [groups * rows, classes];

const memoryOf = ({ wasm }: WasmBackend): WebAssembly.Memory | null => wasm.wasmMemory ?? wasm.asm?.memory ?? null;

const inPlace: SumsRunner<WasmBackend> = {
  uses: ['wasm', 'dataIdMap', 'makeOutput', 'typedArrayFromHeap', 'disposeData'],
  canRun: (task, backend) => {
    const memory = memoryOf(backend);
    return memory !== null && canSum(memory, task);
  },
  run: (task, given, upstream, backend) => {
    const memory = memoryOf(backend) as WebAssembly.Memory;
    const made = (shape: number[]): TensorInfo => backend.makeOutput(shape, 'float32');
    const places = task.program.places.map(() => made(shapeOfPlaces(task)));
    const sums = task.program.sums.length > 0 ? [made(shapeOfSums(task))] : [];
    const scratch = made([Math.ceil(bytesFor(memory, task) / 4)]);
    const numbers = (info: TensorInfo): Float32Array => backend.typedArrayFromHeap(info);
    const found = sumUp(
      memory,
      backend.dataIdMap.get(scratch.dataId).memoryOffset,
      task,
      given.map(numbers),
      upstream && numbers(upstream),
      places.map(numbers),
    );
    backend.disposeData(scratch.dataId);
    for (const info of sums) numbers(info).set(found);
    return [...sums, ...places];
  },
};

const copied: SumsRunner<KernelBackend> = {
  uses: ['write'],
  canRun: (task) => {
    const memory = memoryFor(0);
    return memory !== null && canSum(memory, task) && memoryFor(bytesFor(memory, task)) !== null;
  },
  run: (task, given, upstream, backend) => {
    const memory = memoryFor(0) as WebAssembly.Memory;
    memoryFor(bytesFor(memory, task));
    const numbers = ({ dataId }: TensorInfo): NumberArray => numbersIn(dataId, backend);
    const shape = shapeOfPlaces(task);
    const places = task.program.places.map(() => new Float32Array(util.sizeFromShape(shape)));
    const found = sumUp(memory, 0, task, given.map(numbers), upstream && numbers(upstream), places);
    const made = (values: Float32Array, of: number[]): TensorInfo => ({
      dataId: backend.write(values, of, 'float32'),
      shape: of,
      dtype: 'float32',
    });
    const sums = task.program.sums.length > 0 ? [made(found, shapeOfSums(task))] : [];
    return [...sums, ...places.map((values) => made(values, shape))];
  },
};

const onWebGL: SumsRunner<WebGLBackend> = {
  uses: webgl.uses,
  // Sums of many pixels are more than half precision has.
  canRun: ({ program }) => hasLoops() && !isHalf() && canWriteSums(program, TEXTURES),
  run: (task, given, upstream, backend) => sumsOn(ofWebGL(backend), task, given, upstream),
};

const onWebGPU: SumsRunner<WebGPUBackend> = {
  uses: webgpu.uses,
  canRun: ({ program }, backend) => canWriteSums(program, tensorsFor(backend)),
  run: (task, given, upstream, backend) => sumsOn(ofWebGPU(backend), task, given, upstream),
};

const runners: Readonly<Record<string, SumsRunner<KernelBackend>>> = {
  cpu: copied,
  tensorflow: copied,
  wasm: inPlace as SumsRunner<unknown>,
  webgl: onWebGL as SumsRunner<unknown>,
  webgpu: onWebGPU as SumsRunner<unknown>,
};

/** Whether sums can be had now of a program, which may have to be compiled first. */
export function canSumUp(task: SumsTask): boolean {
  const { backend } = engine();
  const runner = own(runners, getBackend());
  return runner?.uses.every((part) => part in backend) === true && runner.canRun(task, backend);
}

/** The sums [groups, classes, sums], if there are any, and tensors of places, [groups · rows, classes]. */
export function runSums(task: SumsTask, given: readonly Tensor[], upstream: Tensor | null = null): Tensor[] {
  registerOnce({
    kernelName: CLASS_SUMS,
    backendName: getBackend(),
    kernelFunc: ({ inputs, attrs, backend }) => {
      const infos = Object.values(inputs) as TensorInfo[];
      const own = attrs as unknown as SumsAttributes;
      const runner = runners[getBackend()] as SumsRunner<unknown>;
      return runner.run(own.task, infos.slice(0, own.count), infos[own.count] ?? null, backend);
    },
  });
  const tensors = upstream ? [...given, upstream] : given;
  const attributes: SumsAttributes = { task, count: given.length };
  return engine().runKernel(CLASS_SUMS, Object.fromEntries(tensors.entries()), attributes as unknown as NamedAttrMap);
}
