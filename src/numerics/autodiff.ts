import type { Tensor } from '@tensorflow/tfjs-core';
import { customGrad, engine, clone as identity, zerosLike } from '../tfjs/ops.js';

/*
 * What these have in common: second-order gradients work. tfjs's own exp, tanh, sigmoid, logSoftmax, max and
 * divNoNan keep their *result* for the backward pass, which cuts it off from the input, so a second gradient
 * through them is missing or silently wrong. Here only inputs are kept, and what autodiff must not look into
 * (comparisons have no gradient in tfjs) is computed by `constant`.
 */

type GradFunc = (dy: Tensor, saved: Tensor[]) => Tensor;

/** A function of one tensor with its own derivative, which is built from the input alone. */
export function withGradient(
  value: (x: Tensor) => Tensor,
  derivative: (dy: Tensor, x: Tensor) => Tensor,
): (x: Tensor) => Tensor {
  return (input) =>
    customGrad((...args) => {
      const [x, save] = args as [Tensor, (tensors: Tensor[]) => void];
      save([x]);
      const gradFunc: GradFunc = (dy, saved) => derivative(dy, saved[0] as Tensor);
      return { value: value(x), gradFunc };
    })(input);
}

/** Computes something that autodiff is to take as a constant. */
export function constant<T extends Tensor>(compute: () => T): T {
  return customGrad(() => ({ value: compute(), gradFunc: () => [] }))();
}

/**
 * x itself, as the start of a formula. tfjs refuses to differentiate a gradient that no longer depends on x, as that
 * of a linear formula; here every gradient depends on x, with derivative 0.
 */
export function twiceDifferentiable(x: Tensor): Tensor {
  return withGradient(identity, (dy, input) => dependingOn(dy, input))(x);
}

function dependingOn(dy: Tensor, x: Tensor): Tensor {
  return customGrad((...args) => {
    const save = args[2] as unknown as (tensors: Tensor[]) => void;
    save([x]);
    return { value: identity(dy), gradFunc: (ddy: Tensor, saved: Tensor[]) => [ddy, zerosLike(saved[0] as Tensor)] };
  })(dy, x);
}

/** Whether what is computed now will be differentiated. */
export const isDifferentiated = (): boolean => engine().isTapeOn();
