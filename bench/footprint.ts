import * as tf from '@tensorflow/tfjs';

/** What a run costs beside time. */
export interface Footprint {
  /** Most bytes of tensors at any time, without those that were there before; shared data counts once. */
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
  const memory = watchMemory();
  let launches = 0;
  const backend = tf.backend();
  const launcher = launchers.find((name) => name in backend);
  const stopCounting = launcher && before(backend, launcher, () => launches++);
  try {
    let results: tf.Tensor[] = [];
    const { kernels } = await tf.profile(async () => (results = await run()));
    return {
      results,
      footprint: { peakBytes: memory.peak(), kernels: kernels.length, launches: launcher ? launches : null },
    };
  } finally {
    memory.stop();
    stopCounting?.();
  }
}

/** Counts the bytes of new tensors; those of several that share their data once. */
function watchMemory(): { readonly peak: () => number; readonly stop: () => void } {
  const engine = tf.engine();
  const { tensorInfo } = engine.state;
  const bytesOf = new Map<unknown, number>();
  let held = 0;
  let peak = 0;
  const stops = [
    before(engine, 'trackTensor', (tensor) => {
      const { dataId, size, dtype } = tensor as tf.Tensor;
      if (tensorInfo.has(dataId)) return;
      const bytes = ['string', 'complex64'].includes(dtype) ? 0 : size * tf.util.bytesPerElement(dtype);
      bytesOf.set(dataId, bytes);
      held += bytes;
      peak = Math.max(peak, held);
    }),
    before(engine, 'removeDataId', (dataId) => {
      held -= bytesOf.get(dataId) ?? 0;
      bytesOf.delete(dataId);
    }),
  ];
  return { peak: () => peak, stop: () => stops.forEach((stop) => stop()) };
}

/** Calls back before each call of a method, with its arguments, until the returned function is called. */
function before(target: object, name: string, callback: (...args: unknown[]) => void): () => void {
  const methods = target as Record<string, Method>;
  const original = methods[name] as Method;
  methods[name] = function (this: unknown, ...args: unknown[]): unknown {
    callback(...args);
    return original.apply(this, args);
  };
  return () => {
    Reflect.deleteProperty(methods, name); // the class has the original
  };
}
