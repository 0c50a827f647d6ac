import type { environments } from './environments.js';
import type * as laws from '../laws/index.js';

/** A backend as it is in some browsers. */
export interface Setup {
  readonly backend: string;
  /** Flags of tfjs, set before the backend starts. */
  readonly flags: Readonly<Record<string, boolean>>;
  readonly environment: keyof typeof environments;
  /** Which laws are held. */
  readonly laws: 'all' | readonly (keyof typeof laws)[];
  /** Which share of the calls is tried that the laws draw: Node tries them all, and GPUs compile for every shape. */
  readonly share: number;
  /** How many goldens there are of each loss and library. */
  readonly goldens: number;
  /** One of how many goldens, and losses and mutants of each law but that of kernels, is tried, and the number of the first. */
  readonly turns: Turns;
  /** The same of the law of kernels. */
  readonly ofKernels: Turns;
}

interface Turns {
  readonly every: number;
  readonly from: number;
}

/** All tests. */
export const everyTime = { every: 1, from: 0 } as const;

const page = {
  flags: {},
  environment: 'page',
  laws: 'all',
  share: 1 / 12,
  goldens: 4,
  turns: { every: 8, from: 3 },
  ofKernels: { every: 4, from: 1 },
} as const;
/**
 * Each GPU backend tries another share of the tests that are not about kernels, and WebGPU a third of the kernels and
 * WebGL a quarter: formulas run on ops of tfjs, and most of the time goes to compiling a shader for each op and shape.
 */
const oneGpu = {
  ...page,
  share: 1 / 24,
  goldens: 2,
  turns: { every: 32, from: 0 },
  ofKernels: { every: 3, from: 0 },
} as const;
const otherGpu = { ...oneGpu, turns: { every: 32, from: 5 }, ofKernels: { every: 4, from: 1 } } as const;
const halfGpu = { ...oneGpu, turns: { every: 32, from: 10 }, ofKernels: { every: 8, from: 2 } } as const;
/** What a backend gives is known from the page; here it is whether all runs. */
const elsewhere = { ...page, laws: ['gradients'], share: 1 / 24, goldens: 1 } as const;

/** Those that take longest come first. Small tensors are computed on the device too. */
export const setups = {
  webgpu: { ...oneGpu, backend: 'webgpu', flags: { WEBGPU_CPU_FORWARD: false } },
  webgl: { ...otherGpu, backend: 'webgl', flags: { WEBGL_CPU_FORWARD: false } },
  /** Float16 textures, all that most phones have. */
  'webgl-f16': {
    ...halfGpu,
    backend: 'webgl',
    flags: { WEBGL_CPU_FORWARD: false, WEBGL_FORCE_F16_TEXTURES: true },
  },
  wasm: { ...page, backend: 'wasm' },
  cpu: { ...page, backend: 'cpu' },
  'wasm-threads': { ...elsewhere, backend: 'wasm', environment: 'isolated', laws: ['kernels'] },
  'cpu-policy': { ...elsewhere, backend: 'cpu', environment: 'policy' },
  'cpu-worker': { ...elsewhere, laws: [], backend: 'cpu', environment: 'worker' },
  'wasm-worker': { ...elsewhere, laws: [], backend: 'wasm', environment: 'worker' },
} as const satisfies Readonly<Record<string, Setup>>;

export type SetupName = keyof typeof setups;
