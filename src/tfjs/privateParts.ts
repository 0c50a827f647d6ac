import type { DataType, KernelBackend, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import { engine } from './ops.js';

/*
 * Everything that losses and kernels use of tfjs-core although tfjs does not promise it. The engine's parts are asked for
 * by `missingParts`, a backend's by the runner that uses them. Where one is missing, formulas compute. The parts of
 * tfjs-layers are in src/layers/internals.ts.
 */

/** What the engine notes of an op while a gradient is computed. */
export interface TapeNode {
  saved?: Tensor[];
  readonly outputs?: readonly Tensor[];
  /** Null where tfjs knows no derivative. */
  gradient?: ((dys: readonly Tensor[]) => unknown) | null;
}

/** Derivatives of what an op gives, by its inputs. */
export type Backward = (dy: Tensor) => Readonly<Record<string, () => Tensor>>;

export interface PrivateEngine {
  /** Tape, scopes and counts; a trace takes others for a while. */
  state: {
    activeTape?: TapeNode[] | null | undefined;
    /** Within how many ops what runs now is: then nothing is noted. */
    kernelDepth: number;
    /** Within how many gradients what runs now is. */
    gradientDepth: number;
    readonly tensorInfo: { get(dataId: object): { readonly backend: KernelBackend } | undefined };
  };
  /** The backend in use; a trace takes another for a while. */
  backendName: string;
  backendInstance: unknown;
  /** What `customGrad` is made of: an op with its own derivative. */
  runKernelFunc(kernel: {
    readonly inputs: Readonly<Record<string, Tensor>>;
    readonly forwardFunc: () => Tensor;
    readonly backwardsFunc: Backward;
  }): Tensor;
  /** What `clone` is made of: a note on the tape. */
  addTapeNode(
    name: string,
    inputs: Readonly<Record<string, Tensor>>,
    outputs: readonly Tensor[],
    backward: Backward,
    saved: readonly Tensor[],
    attributes: object,
  ): void;
}

export const privateEngine = (): PrivateEngine => engine() as unknown as PrivateEngine;

/** The numbers of a tensor, wherever they are, also of one that only the backend knows. */
export const numbersIn = (dataId: object, backend: KernelBackend): Values =>
  (privateEngine().state.tensorInfo.get(dataId) ? engine() : backend).readSync(dataId) as Values;

/** The parts of the engine, by their type. */
export const engineParts = {
  object: ['state', 'backendInstance'],
  string: ['backendName'],
  function: [
    'runKernelFunc',
    'addTapeNode',
    'makeTensorFromTensorInfo',
    'gradients',
    'isTapeOn',
    'keep',
    'runKernel',
    'readSync',
    'makeTensor',
  ],
} as const;

/** The parts of the engine that another version of tfjs lacks. */
export function missingParts(own: object = privateEngine()): string[] {
  const parts = own as Readonly<Record<string, unknown>>;
  const missing = Object.entries(engineParts).flatMap(([type, names]) =>
    names.filter((name) => parts[name] === null || typeof parts[name] !== type),
  );
  const { tensorInfo } = (parts['state'] ?? {}) as { readonly tensorInfo?: { readonly get?: unknown } };
  return typeof tensorInfo?.get === 'function' ? missing : [...missing, 'state.tensorInfo'];
}

/** The heap of the wasm backend, on which kernels work in place. */
export interface WasmBackend {
  readonly wasm: {
    /** Of the build with threads. */
    readonly wasmMemory?: WebAssembly.Memory;
    /** Of the other builds. */
    readonly asm?: { readonly memory?: WebAssembly.Memory };
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
  disposeData(dataId: object): void;
}

export interface WebGLUniform {
  readonly name: string;
  readonly type: 'int' | 'float';
}

export interface WebGLProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly userCode: string;
  readonly customUniforms: WebGLUniform[];
  /** Shapes are handed over too: then one shader is for all. */
  readonly enableShapeUniforms: true;
}

type Values = Float32Array | Int32Array | Uint8Array;

/** Textures, numbers that are not there yet, and shaders of the WebGL backend. */
export interface WebGLBackend {
  readonly texData: {
    get(dataId: object): { readonly values?: Values | null; readonly isPacked?: boolean } | undefined;
  };
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array): TensorInfo;
  runWebGLProgram(program: WebGLProgram, inputs: TensorInfo[], dtype: DataType, uniforms: number[][]): TensorInfo;
  unpackTensor(tensor: TensorInfo): TensorInfo;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}

export interface WebGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  /** tfjs compiles anew only where this is new. */
  readonly shaderKey: string;
  readonly workgroupSize: [number, number, number];
  readonly dispatchLayout: { readonly x: number[] };
  readonly dispatch: [number, number, number];
  readonly uniforms: string;
  readonly getUserCode: () => string;
}

export interface WebGPUUniform {
  readonly type: 'int32' | 'float32';
  readonly data: number[];
}

/** Numbers that are not on the device yet, types and shaders of the WebGPU backend. */
export interface WebGPUBackend {
  readonly device: { readonly limits: { readonly maxStorageBuffersPerShaderStage: number } };
  readonly tensorMap: {
    get(dataId: object): { readonly values?: ArrayLike<number> | null; readonly dtype: DataType } | undefined;
  };
  runWebGPUProgram(
    program: WebGPUProgram,
    inputs: TensorInfo[],
    dtype: DataType,
    uniforms: WebGPUUniform[],
  ): TensorInfo;
  disposeData(dataId: object): void;
}

/** TensorFlow's own ops, by name, of the backend of tfjs-node. */
export interface NodeBackend {
  readonly binding: Readonly<Record<'TF_ATTR_TYPE' | 'TF_FLOAT' | 'TF_INT32', number>>;
  executeMultipleOutputs(op: string, attributes: readonly object[], inputs: readonly Tensor[], count: number): Tensor[];
}

/** A backend on the host; that of wasm shows its numbers where they are, until it makes another tensor. */
export interface HostBackend extends KernelBackend {
  readonly typedArrayFromHeap?: (input: TensorInfo) => Float32Array | Int32Array | Uint8Array;
  readonly makeOutput?: (shape: number[], dtype: DataType) => TensorInfo;
}

/** The backend in use, which tells of itself only what all backends have. */
export const privateBackend = (): unknown => engine().backend;
