import type { Tensor } from '@tensorflow/tfjs-core';
import { opKernels } from './opKernels.js';
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

/** A function of one tensor and of another that has no derivative, such as a choice of its entries; see `withGradient`. */
export function withGradientGiven(
  value: (x: Tensor, given: Tensor) => Tensor,
  derivative: (dy: Tensor, x: Tensor, given: Tensor) => Tensor,
): (x: Tensor, given: Tensor) => Tensor {
  return (input, given) =>
    customGrad((...args) => {
      const [x, save] = args as [Tensor, (tensors: Tensor[]) => void];
      save([x, given]);
      const gradFunc: GradFunc = (dy, saved) => derivative(dy, saved[0] as Tensor, saved[1] as Tensor);
      return { value: value(x, given), gradFunc };
    })(input);
}

/** The derivative of x, and another value: the same number, computed so that it keeps more digits. */
export function withDerivativeOf(x: Tensor, value: () => Tensor): Tensor {
  return customGrad(() => ({ value: value(), gradFunc: (dy: Tensor) => identity(dy) }))(x);
}

/** A function of two tensors of one shape with its own derivatives for both; see `withGradient`. */
export function withGradients(
  value: (a: Tensor, b: Tensor) => Tensor,
  derivatives: (dy: Tensor, a: Tensor, b: Tensor) => [Tensor, Tensor],
): (a: Tensor, b: Tensor) => Tensor {
  return (first, second) =>
    customGrad((...args) => {
      const [a, b, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
      save([a, b]);
      const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] =>
        derivatives(dy, saved[0] as Tensor, saved[1] as Tensor);
      return { value: value(a, b), gradFunc };
    })(first, second);
}

/** A function of tensors with its own derivatives, of which only those are computed that are asked for; see `withGradient`. */
export function withEachGradient<Inputs extends readonly Tensor[]>(
  value: (...inputs: Inputs) => Tensor,
  derivatives: { readonly [I in keyof Inputs]: (dy: Tensor, ...inputs: Inputs) => Tensor },
): (...inputs: Inputs) => Tensor {
  return (...inputs) => {
    const result = constant(() => value(...inputs));
    const parts = inputs.map((input, i) =>
      customGrad((...args) => {
        const save = args[1] as unknown as (tensors: Tensor[]) => void;
        save([...inputs]);
        const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor =>
          (derivatives[i] as (dy: Tensor, ...inputs: Inputs) => Tensor)(dy, ...(saved as unknown as Inputs));
        return { value: identity(result), gradFunc };
      })(input),
    );
    return customGrad(() => ({ value: identity(result), gradFunc: (dy: Tensor) => parts.map(() => identity(dy)) }))(
      ...parts,
    );
  };
}

/** x itself, held constant: its derivative is 0, of every order. */
export const withoutGradient: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(identity, (_, x) => zerosLike(x));

/** Computes something that autodiff is to take as a constant. */
export function constant<T extends Tensor>(compute: () => T): T {
  return opKernels.constant?.(compute) ?? customGrad(() => ({ value: compute(), gradFunc: () => [] }))();
}

/**
 * x itself, as the start of a formula. tfjs refuses to differentiate a gradient that no longer depends on x, as that
 * of a linear formula; here every gradient depends on x, with derivative 0.
 */
export function twiceDifferentiable(x: Tensor): Tensor {
  return opKernels.itself?.(x) ?? withGradient(identity, dependingOn)(x);
}

/** y itself, with the derivative 0 for x: tfjs refuses to differentiate by what a formula only compares. */
export function dependingOn(y: Tensor, x: Tensor): Tensor {
  return customGrad((...args) => {
    const save = args[2] as unknown as (tensors: Tensor[]) => void;
    save([x]);
    return { value: identity(y), gradFunc: (dy: Tensor, saved: Tensor[]) => [dy, zerosLike(saved[0] as Tensor)] };
  })(y, x);
}

/** x itself, which autodiff is to take as a constant: the derivative is 0. */
export const detached: (x: Tensor) => Tensor = /* @__PURE__ */ withGradient(identity, (dy) => zerosLike(dy));

/** Whether what is computed now will be differentiated. */
export const isDifferentiated = (): boolean => engine().isTapeOn();
