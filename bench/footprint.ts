import * as tf from '@tensorflow/tfjs';

/** What a run costs beside time. */
export interface Footprint {
  /** Most bytes of tensors at any time, without those that were there before. */
  readonly peakBytes: number;
  /** Kernels of tfjs that ran. */
  readonly kernels: number;
  /** Programs given to the GPU; null without one. */
  readonly launches: number | null;
}

type Method = (...args: unknown[]) => unknown;

/** Each backend's own way to start a program. */
const launchers = ['runWebGLProgram', 'runWebGPUProgram'] as const;

/** Runs once and watches; the results come along. */
export async function watch(
  run: () => tf.Tensor[] | Promise<tf.Tensor[]>,
): Promise<{ readonly results: tf.Tensor[]; readonly footprint: Footprint }> {
  const engine = tf.engine();
  const before = tf.memory().numBytes;
  // A profile looks at memory after each kernel that it sees; here every tensor counts, whoever made it.
  let peak = before;
  const stopTracking = after(engine, 'trackTensor', () => (peak = Math.max(peak, engine.state.numBytes)));
  let launches = 0;
  const backend = tf.backend();
  const launcher = launchers.find((name) => name in backend);
  const stopCounting = launcher && after(backend, launcher, () => launches++);
  try {
    let results: tf.Tensor[] = [];
    const { kernels } = await tf.profile(async () => (results = await run()));
    return {
      results,
      footprint: { peakBytes: peak - before, kernels: kernels.length, launches: launcher ? launches : null },
    };
  } finally {
    stopTracking();
    stopCounting?.();
  }
}

/** Calls back after each call of a method, until the returned function is called. */
function after(target: object, name: string, callback: () => void): () => void {
  const methods = target as Record<string, Method>;
  const original = methods[name] as Method;
  methods[name] = function (this: unknown, ...args: unknown[]): unknown {
    const result = original.apply(this, args);
    callback();
    return result;
  };
  return () => {
    Reflect.deleteProperty(methods, name); // the class has the original
  };
}
