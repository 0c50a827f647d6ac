import {
  engine,
  getBackend,
  type KernelBackend,
  mul,
  reshape,
  type Tensor,
  tidy,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { dependingOn, isDifferentiated, twiceDifferentiable } from '../../numerics/autodiff.js';
import type { Differentiable } from '../../numerics/opKernels.js';
import { privateEngine } from '../../tfjs/privateParts.js';

type Save = (tensors: Tensor[]) => void;

/**
 * tfjs's `customGrad`, except that no derivative is computed that nobody asks for, and that what is saved is not copied,
 * as `clone` does on wasm.
 *
 * @param isFelt whether a tensor makes a difference to the result; the others have no derivative. Default: all do.
 */
export function differentiable(
  tensors: readonly Tensor[],
  f: (save: Save) => Differentiable,
  isFelt: (input: number) => boolean = () => true,
): Tensor {
  const felt = [...tensors.entries()].filter(([i]) => isFelt(i));
  const isOn = isDifferentiated();
  const saved: Tensor[] = [];
  let made: Differentiable | undefined;
  const result = privateEngine().runKernelFunc({
    inputs: Object.fromEntries(felt),
    forwardFunc: () => {
      made = f((given) => {
        if (isOn) saved.push(...given.map((x) => engine().keep(onTape(x))));
      });
      return made.result;
    },
    backwardsFunc: (dy) =>
      Object.fromEntries(felt.map(([i]) => [i, () => (made as Differentiable).gradient(i, dy, saved)])),
  });
  // The tape disposes of what it has saved.
  const node = privateEngine().state.activeTape?.at(-1);
  if (isOn && node) node.saved = saved;
  return result;
}

/** One more tensor of the same data, in another shape if one is given. */
export function alias({ dataId, shape: own, dtype }: Tensor, shape: readonly number[] = own): Tensor {
  const { backend } = privateEngine().state.tensorInfo.get(dataId) as { readonly backend: KernelBackend };
  backend.incRef(dataId);
  return engine().makeTensorFromTensorInfo({ dataId, shape: [...shape], dtype }, backend);
}

/** An alias that derivatives of derivatives find their way through. */
function onTape(x: Tensor, shape: readonly number[] = x.shape): Tensor {
  const same = alias(x, shape);
  const own = x.shape;
  privateEngine().addTapeNode('alias', { x }, [same], (dy) => ({ x: () => reshape(dy, own) }), [], {});
  return same;
}

/** What a function gives, as a constant: as within an op, tfjs notes none of what it is made of. */
export function constant<T extends Tensor>(compute: () => T): T {
  const { state } = privateEngine();
  state.kernelDepth++;
  try {
    return tidy(compute);
  } finally {
    state.kernelDepth--;
  }
}

/** x itself, as the start of a formula. tfjs's own copies x on wasm, for itself and for its derivative. */
export const itself = (x: Tensor): Tensor =>
  differentiable([x], (save) => {
    save([x]);
    return { result: alias(x), gradient: (_, dy, saved) => dependingOn(dy, saved[0] as Tensor) };
  });

/** Backends that know numbers without their shape. */
const shapeless: ReadonlySet<string> = new Set(['cpu', 'wasm']);

/** Whether the backend in use is one of them. */
export const isShapeless = (): boolean => shapeless.has(getBackend());

/** x in another shape. tfjs's own copies x on wasm, for a derivative that needs its shape alone. */
export function shaped(x: Tensor, shape: number[]): Tensor {
  if (!isShapeless()) return reshape(x, shape);
  return isDifferentiated() ? onTape(x, shape) : alias(x, shape);
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
