/** A backend as it is in some browsers. */
export interface Setup {
  readonly backend: string;
  /** Flags of tfjs, set before the backend starts. */
  readonly flags: Readonly<Record<string, boolean>>;
  /** Which share of the calls is tried that the laws draw: Node tries them all, and GPUs compile for every shape. */
  readonly share: number;
  /** How many goldens there are of each loss and library. */
  readonly goldens: number;
}

/** Those that take longest come first. Small tensors are computed on the device too. */
export const setups = {
  webgpu: { backend: 'webgpu', flags: { WEBGPU_CPU_FORWARD: false }, share: 1 / 24, goldens: 2 },
  webgl: { backend: 'webgl', flags: { WEBGL_CPU_FORWARD: false }, share: 1 / 24, goldens: 2 },
  /** Float16 textures, all that most phones have. */
  'webgl-f16': {
    backend: 'webgl',
    flags: { WEBGL_CPU_FORWARD: false, WEBGL_FORCE_F16_TEXTURES: true },
    share: 1 / 24,
    goldens: 2,
  },
  wasm: { backend: 'wasm', flags: {}, share: 1 / 4, goldens: Infinity },
  cpu: { backend: 'cpu', flags: {}, share: 1 / 4, goldens: Infinity },
} as const satisfies Readonly<Record<string, Setup>>;

export type SetupName = keyof typeof setups;
