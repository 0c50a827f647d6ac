import { engine, mul, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import { twiceDifferentiable } from '../core/numerics.js';

/** What a kernel gives, and its derivative for each of its tensors. */
export interface Differentiable {
  readonly result: Tensor;
  readonly gradient: (input: number, dy: Tensor, saved: readonly Tensor[]) => Tensor;
}

type Save = (tensors: Tensor[]) => void;

interface CustomKernels {
  runKernelFunc(kernel: {
    readonly inputs: Readonly<Record<string, Tensor>>;
    readonly forwardFunc: (backend: unknown, save: Save) => Tensor;
    readonly backwardsFunc: (dy: Tensor, saved: readonly Tensor[]) => Readonly<Record<string, () => Tensor>>;
  }): Tensor;
}

/**
 * tfjs's `customGrad`, except that no derivative is computed that nobody asks for, and that what is saved is not copied,
 * as `clone` does on wasm.
 */
export function differentiable(tensors: readonly Tensor[], f: (save: Save) => Differentiable): Tensor {
  const { state } = engine();
  const isOn = isDifferentiated();
  const isNested = state.gradientDepth > 1;
  let made: Differentiable | undefined;
  const shared: Tensor[] = [];
  const result = (engine() as unknown as CustomKernels).runKernelFunc({
    inputs: Object.fromEntries(tensors.entries()),
    forwardFunc: (_, save) => {
      // Derivatives of derivatives are found by way of the clones.
      const share = (saved: Tensor[]): void => void shared.push(...saved.map(sharing));
      made = f(isNested || !isOn ? save : share);
      return made.result;
    },
    backwardsFunc: (dy, saved) =>
      Object.fromEntries(
        tensors.map((__, i) => [i, () => (made as Differentiable).gradient(i, dy, isNested ? saved : shared)]),
      ),
  });
  // The tape disposes of what it has saved.
  if (shared.length > 0) (state.activeTape.at(-1) as { saved: Tensor[] }).saved = shared;
  return result;
}

/** One more tensor of the same data, which lasts. */
function sharing({ dataId, shape, dtype }: Tensor): Tensor {
  const { backend } = engine().state.tensorInfo.get(dataId) as { backend: { incRef(dataId: object): void } };
  backend.incRef(dataId);
  return engine().keep(engine().makeTensorFromTensorInfo({ dataId, shape, dtype }, backend as never));
}

/** Whether what is computed now will be differentiated. */
export const isDifferentiated = (): boolean => engine().state.gradientDepth > 0 && engine().state.kernelDepth === 0;

/** The derivative of a formula for one of its tensors, times that of what comes after. */
export function gradientOf(
  formula: (tensors: readonly Tensor[]) => Tensor,
  tensors: readonly Tensor[],
  input: number,
  dy: Tensor,
): Tensor {
  const { state } = engine();
  const { activeTape } = state;
  const x = tensors[input] as Tensor;
  const f = (): Tensor =>
    formula(tensors.map((tensor) => (tensor.dtype === 'float32' ? twiceDifferentiable(tensor) : tensor)));
  try {
    const { grads } = engine().gradients(f, [x], dy, true);
    return grads[0] ?? mul(zerosLike(x), 0);
  } finally {
    // The tape that is being played back is put away by a new one.
    state.activeTape = activeTape;
  }
}
