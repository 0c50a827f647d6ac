import { engine, type KernelBackend, mul, type Tensor, zerosLike } from '@tensorflow/tfjs-core';
import { isDifferentiated, twiceDifferentiable } from '../../numerics/autodiff.js';
import { privateEngine } from '../../tfjs/privateParts.js';

/** What a kernel gives, and its derivative for each of its tensors. */
export interface Differentiable {
  readonly result: Tensor;
  readonly gradient: (input: number, dy: Tensor, saved: readonly Tensor[]) => Tensor;
}

type Save = (tensors: Tensor[]) => void;

/**
 * tfjs's `customGrad`, except that no derivative is computed that nobody asks for, and that what is saved is not copied,
 * as `clone` does on wasm.
 */
export function differentiable(tensors: readonly Tensor[], f: (save: Save) => Differentiable): Tensor {
  const isOn = isDifferentiated();
  const saved: Tensor[] = [];
  let made: Differentiable | undefined;
  const result = privateEngine().runKernelFunc({
    inputs: Object.fromEntries(tensors.entries()),
    forwardFunc: () => {
      made = f((given) => {
        if (isOn) saved.push(...given.map((x) => engine().keep(onTape(x))));
      });
      return made.result;
    },
    backwardsFunc: (dy) =>
      Object.fromEntries(tensors.map((_, i) => [i, () => (made as Differentiable).gradient(i, dy, saved)])),
  });
  // The tape disposes of what it has saved.
  const node = privateEngine().state.activeTape?.at(-1);
  if (isOn && node) node.saved = saved;
  return result;
}

/** One more tensor of the same data. */
export function alias({ dataId, shape, dtype }: Tensor): Tensor {
  const { backend } = privateEngine().state.tensorInfo.get(dataId) as { readonly backend: KernelBackend };
  backend.incRef(dataId);
  return engine().makeTensorFromTensorInfo({ dataId, shape, dtype }, backend);
}

/** An alias that derivatives of derivatives find their way through. */
function onTape(x: Tensor): Tensor {
  const same = alias(x);
  privateEngine().addTapeNode('alias', { x }, [same], (dy) => ({ x: () => dy.clone() }), [], {});
  return same;
}

/** The derivative of a formula for one of its tensors, times that of what comes after. */
export function gradientOf(
  formula: (tensors: readonly Tensor[]) => Tensor,
  tensors: readonly Tensor[],
  input: number,
  dy: Tensor,
): Tensor {
  const { state } = privateEngine();
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
