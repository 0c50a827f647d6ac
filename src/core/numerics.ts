import {
  add,
  broadcast_util,
  abs as tfAbs,
  clone as identity,
  customGrad,
  div,
  equal,
  exp as tfExp,
  expandDims,
  expm1 as tfExpm1,
  greater,
  less,
  lessEqual,
  log,
  logicalAnd,
  logicalNot,
  isFinite,
  max,
  mul,
  notEqual,
  neg,
  pow,
  sigmoid as tfSigmoid,
  softplus as tfSoftplus,
  sqrt,
  squeeze,
  step,
  square,
  sub,
  tanh as tfTanh,
  zerosLike,
  type Tensor,
  broadcastTo,
  reshape,
  getBackend,
  where as tfWhere,
  cast as tfCast,
  transpose as tfTranspose,
  any as tfAny,
  engine,
  env,
  type DataType,
  type KernelBackend,
} from '@tensorflow/tfjs-core';
import { stretch, sum, times } from './sum.js';

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

/** eˣ. */
export function exp(x: Tensor): Tensor {
  return withGradient(tfExp, (dy, input) => mul(dy, exp(input)))(x);
}

/** eˣ − 1, to all digits near 0. */
export function expm1(x: Tensor): Tensor {
  return withGradient(tfExpm1, (dy, input) => mul(dy, exp(input)))(x);
}

/** tanh x. */
export function tanh(x: Tensor): Tensor {
  return withGradient(tfTanh, (dy, input) => mul(dy, sub(1, square(tanh(input)))))(x);
}

/** 1 ÷ (1 + e⁻ˣ). */
export function sigmoid(x: Tensor): Tensor {
  return withGradient(tfSigmoid, (dy, input) => mul(dy, mul(sigmoid(input), sigmoid(neg(input)))))(x);
}

/** ln(1 + eˣ). */
export function softplus(x: Tensor): Tensor {
  return withGradient(tfSoftplus, (dy, input) => mul(dy, sigmoid(input)))(x);
}

/** ln cosh x, with derivative tanh x; near 0 by its series, since the closed form loses all digits there. */
export function lnCosh(x: Tensor): Tensor {
  return withGradient(
    (input) => {
      const size = tfAbs(input);
      const squared = square(input);
      // ½x² − x⁴/12 + x⁶/45 − 17x⁸/2520: to float32 below 0.3.
      const terms = [-17 / 2520, 1 / 45, -1 / 12, 1 / 2];
      const series = terms.reduce<Tensor>((sum, term) => mul(squared, add(sum, term)), zerosLike(squared));
      return where(less(size, 0.3), series, sub(add(size, tfSoftplus(mul(-2, size))), Math.LN2));
    },
    (dy, input) => mul(dy, tanh(input)),
  )(x);
}

/** ln Σ eˣ over the last axis. */
export function logSumExp(x: Tensor): Tensor {
  return withGradient(
    (input) => {
      const largest = max(input, -1, true);
      return add(squeeze(largest, [-1]), log(sum(tfExp(sub(input, largest)), -1)));
    },
    (dy, input) => mul(expandDims(dy, -1), exp(logSoftmax(input))),
  )(x);
}

/** x − ln Σ eˣ over the last axis: log-probabilities of logits. A logit of −Infinity has probability 0. */
export function logSoftmax(x: Tensor): Tensor {
  return withGradient(
    (input) => {
      const shifted = sub(input, max(input, -1, true));
      return sub(shifted, log(sum(tfExp(shifted), -1, true)));
    },
    (dy, input) => sub(dy, mul(sum(dy, -1, true), exp(logSoftmax(input)))),
  )(x);
}

/** |x|, with derivative 0 at 0. */
export function abs(x: Tensor): Tensor {
  // Not tfjs's sign, which on wasm is 0 for everything smaller than about 1e-8.
  return mul(x, sub(step(x), step(neg(x))));
}

/** x where x ≥ low, else low. NaN stays NaN. The derivative is 0 below `low`. */
export function atLeast(x: Tensor, low: number): Tensor {
  return where(
    constant(() => less(x, low)),
    low,
    x,
  );
}

/** x where x ≤ high, else high. NaN stays NaN. The derivative is 0 above `high`. */
export function atMost(x: Tensor, high: number): Tensor {
  return where(
    constant(() => less(high, x)),
    high,
    x,
  );
}

/** x between two bounds, else the nearer bound. NaN stays NaN. The derivative is 1 everywhere, as if x had no bounds. */
export function bounded(x: Tensor, low: number, high = Infinity): Tensor {
  return withGradient(
    (input) => atMost(atLeast(input, low), high),
    (dy) => identity(dy),
  )(x);
}

/**
 * ln max(p, ε), with the derivative of ln p and its denominator bounded: 1 ÷ max(p, ε). Clipping p first, as
 * Keras does, has derivative 0 below ε, so that training stops exactly where the prediction is worst.
 */
export function boundedLog(p: Tensor, epsilon: number): Tensor {
  return withGradient(
    (input) => log(atLeast(input, representable(epsilon))),
    (dy, input) => div(dy, atLeast(input, representable(epsilon))),
  )(p);
}

/**
 * xⁿ of x ≥ 0 and n ≥ 0; rounding below 0 is taken for 0. In a derivative that would be infinite at 0, x is bounded
 * at ε.
 */
export function boundedPower(x: Tensor, n: number, epsilon: number): Tensor {
  return withGradient(
    (input) => pow(atLeast(input, 0), n),
    (dy, input) => mul(dy, mul(n, boundedPower(n < 1 ? atLeast(input, epsilon) : input, n - 1, epsilon))),
  )(x);
}

/** (pⁿ − 1) ÷ n, which for small n is ln p, with the derivative max(p, ε)ⁿ⁻¹, 0 < n ≤ 1. */
export function boundedPowerLog(p: Tensor, n: number, epsilon: number): Tensor {
  return withGradient(
    (input) => div(tfExpm1(mul(n, log(input))), n),
    (dy, input) => mul(dy, boundedPower(atLeast(input, epsilon), n - 1, epsilon)),
  )(p);
}

/** a·b, where an a of 0 annuls an infinite b: 0·ln 0 = 0. */
export function mulNoNan(a: Tensor, b: Tensor): Tensor {
  return times(
    a,
    where(
      constant(() => logicalAnd(equal(a, 0), logicalNot(isFinite(b)))),
      0,
      b,
    ),
  );
}

/** x·ln x, with 0·ln 0 = 0; the derivative at 0, which is infinite, is left out. */
export function xLogX(x: Tensor): Tensor {
  const isZero = constant(() => equal(x, 0));
  return where(isZero, 0, mul(x, log(where(isZero, 1, x))));
}

/** x^γ of x ≥ 0, and 0 below; at 0 a derivative that is infinite is left out. */
export function power(x: Tensor, exponent: number): Tensor {
  if (exponent === 1) return x;
  const isZero = constant(() => lessEqual(x, 0));
  return where(isZero, exponent === 0 ? 1 : 0, pow(where(isZero, 1, x), exponent));
}

/** Largest x over the last axis among those allowed; ties share the derivative. 0 where none is allowed. */
export function maxWhere(x: Tensor, allowed: Tensor): Tensor {
  const chosen = constant(() => {
    const candidates = where(allowed, x, lowest());
    return logicalAnd(allowed, equal(candidates, max(candidates, -1, true)));
  });
  const count = constant(() => atLeast(sum(cast(chosen, 'float32'), -1), 1));
  return div(sum(where(chosen, x, 0), -1), count);
}

/** x ÷ max(‖x‖, ε) over the last axis, without overflow; the derivative at a zero vector is finite. */
export function unitVector(x: Tensor, epsilon: number): Tensor {
  const scale = constant(() => atLeast(max(tfAbs(x), -1, true), 1));
  const scaled = div(x, scale);
  // A square that underflows would bound nothing.
  const least = constant(() => atLeast(square(div(epsilon, scale)), representable(1e-37)));
  const squares = sum(square(scaled), -1, true);
  return div(
    scaled,
    sqrt(
      where(
        constant(() => less(squares, least)),
        least,
        squares,
      ),
    ),
  );
}

/** Numbers along the last of so many axes. tfjs takes a vector together with more than four axes for an error on WebGPU. */
export const alongLast = (numbers: Tensor, rank: number): Tensor =>
  rank > 4 ? reshape(numbers, [...new Array<number>(rank - 1).fill(1), -1]) : numbers;

/** Whether numbers are kept in half precision, as WebGL does on most phones: up to 65504, and no infinities. */
export const isHalf = (): boolean =>
  getBackend() === 'webgl' ? !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') : getBackend() === TRACED_IN_HALF;

/** The name of the backend on which formulas are traced for kernels in half precision. */
export const TRACED_IN_HALF = 'losses-trace-half';

/** A number below all others that come up. */
export const lowest = (): number => (isHalf() ? -6e4 : -Infinity);

/** A small number, or the least that half precision keeps all digits of. */
export const representable = (small: number): number => (isHalf() ? Math.max(small, 2 ** -14) : small);

/** What tfjs's own gives, also beyond the four axes that it takes on WebGL and WebGPU. */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  const { assertAndGetBroadcastShape: together } = broadcast_util;
  const shapeOf = (x: Tensor | number): number[] => (typeof x === 'number' ? [] : x.shape);
  const shape = together(together(condition.shape, shapeOf(a)), shapeOf(b));
  if (shape.length <= 4) return tfWhere(condition, a, b);
  const flat = (x: Tensor | number): Tensor | number => (typeof x === 'number' ? x : reshape(stretch(x, shape), [-1]));
  return reshape(tfWhere(reshape(broadcastTo(condition, shape), [-1]), flat(a), flat(b)), shape);
}

/** What tfjs's own gives, and float32 is what it says, see `holdsIntegers`. */
export function cast(x: Tensor, dtype: 'float32' | 'int32' | 'bool'): Tensor {
  const result = x.dtype === dtype ? x : tfCast(x, dtype);
  return dtype === 'float32' && holdsIntegers(result) ? add(result, 0) : result;
}

/** On WebGPU tfjs casts integers to float32 by name only, and cannot transpose what comes of it. */
const holdsIntegers = ({ dataId }: Tensor): boolean =>
  getBackend() === 'webgpu' && (engine().backend as WebGPUBackend).tensorMap.get(dataId).dtype !== 'float32';

interface WebGPUBackend extends KernelBackend {
  readonly tensorMap: { get(dataId: object): { readonly dtype: DataType } };
}

/** x in the numbers that its type is about: a boolean made by a cast on wasm may be any byte. */
export function trueToType(x: Tensor): Tensor {
  if (x.dtype === 'bool') return constant(() => notEqual(tfCast(x, 'float32'), 0));
  return x.dtype === 'float32' ? cast(x, x.dtype) : x;
}

/** What tfjs's own gives, also for integers and booleans, which it cannot transpose on WebGPU. */
export const transpose = (x: Tensor, axes: number[]): Tensor =>
  x.dtype === 'float32'
    ? tfTranspose(x, axes)
    : cast(tfTranspose(cast(x, 'float32'), axes), x.dtype as 'int32' | 'bool');

/** What tfjs's own gives, also over axes that are not the last, which on WebGPU it cannot. */
export const any = (x: Tensor, axis?: number | number[], keepDims = false): Tensor =>
  getBackend() === 'webgpu' ? cast(max(cast(x, 'float32'), axis, keepDims), 'bool') : tfAny(x, axis, keepDims);

/** x where the condition is true, repeated to its shape, and a number elsewhere. */
export const keepWhere = (condition: Tensor, x: Tensor, otherwise: number): Tensor =>
  where(condition, stretch(x, broadcast_util.assertAndGetBroadcastShape(x.shape, condition.shape)), otherwise);

/** The smaller of two numbers; equal ones share the derivative. */
export const minimum = (a: Tensor, b: Tensor): Tensor => mix(a, b, less);

/** The larger of two numbers; equal ones share the derivative. */
export const maximum = (a: Tensor, b: Tensor): Tensor => mix(a, b, greater);

function mix(a: Tensor, b: Tensor, isWanted: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const share = constant(() => add(mul(0.5, cast(equal(a, b), 'float32')), cast(isWanted(a, b), 'float32')));
  // So that NaN on either side stays.
  return add(mul(share, a), mul(sub(1, share), b));
}

/** a ÷ b, and 0, with derivative 0, where b is 0. */
export function quotient(a: Tensor, b: Tensor): Tensor {
  const isZero = constant(() => equal(b, 0));
  return where(isZero, 0, div(a, where(isZero, 1, b)));
}

/** How many entries, over the given axes or all, are not 0. */
export function countNonzero(x: Tensor, over?: number[]): Tensor {
  return constant(() => sum(cast(notEqual(x, 0), 'float32'), over));
}
