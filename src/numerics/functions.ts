import {
  greater,
  lessEqual,
  log,
  pow,
  sqrt,
  squeeze,
  step,
  type Tensor,
  abs as tfAbs,
  exp as tfExp,
  expm1 as tfExpm1,
  sigmoid as tfSigmoid,
  softplus as tfSoftplus,
  tanh as tfTanh,
} from '@tensorflow/tfjs-core';
import {
  add,
  customGrad,
  div,
  equal,
  expandDims,
  clone as identity,
  isFinite,
  less,
  logicalAnd,
  logicalNot,
  max,
  mul,
  neg,
  square,
  sub,
  zerosLike,
} from '../tfjs/ops.js';
import { constant, withGradient } from './autodiff.js';
import { cast, lowest, representable, where } from './portable.js';
import { minus } from './scalars.js';
import { sum, times } from './sum.js';

/** eˣ. */
export function exp(x: Tensor): Tensor {
  return withGradient(tfExp, (dy, input) => mul(dy, exp(input)))(x);
}

/** eˣ − 1, to all digits near 0. */
export function expm1(x: Tensor): Tensor {
  return withGradient(tfExpm1, (dy, input) => mul(dy, exp(input)))(x);
}

/** eˣ − 1 − x, to all digits near 0, where it is ½x². */
export function expm1MinusX(x: Tensor): Tensor {
  const isNear = (input: Tensor): Tensor => less(tfAbs(input), 0.5);
  return withGradient(
    (input) => {
      // ½x² + x³/3! + … + x⁹/9!: to float32 below 0.5.
      const series = [9, 8, 7, 6, 5, 4, 3].reduce<Tensor | number>(
        (sum, n) => mul(div(input, n), add(sum, 1)),
        0,
      ) as Tensor;
      const near = mul(mul(0.5, square(input)), add(series, 1));
      return where(isNear(input), near, sub(tfExpm1(input), input));
    },
    (dy, input) => {
      // Not expm1 of WebGL, which has no digits near 0.
      const near = constant(() => isNear(input));
      return mul(dy, where(near, add(input, expm1MinusX(input)), expm1(input)));
    },
  )(x);
}

/** x·eˢ for two tensors of one shape, also where eˢ is 0 or Infinity in float32 and the product is not. */
export function timesExp(x: Tensor, s: Tensor): Tensor {
  return customGrad((...args) => {
    const [factor, logarithm, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([factor, logarithm]);
    // Bounded where it is still finite, so that 0·eˢ is 0.
    const root = tfExp(atMost(mul(0.5, logarithm), 88));
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [a, b] = saved as [Tensor, Tensor];
      return [timesExp(dy, b), mul(dy, timesExp(a, b))];
    };
    return { value: mul(mul(factor, root), root), gradFunc };
  })(x, s);
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
    (dy, input) => mul(dy, mul(n, boundedPower(ifBelowOne(n, atLeast(input, epsilon), input), minus(n, 1), epsilon))),
  )(x);
}

/** One of two tensors by whether n < 1; n may be a tensor, see `scalars.ts`. */
const ifBelowOne = (n: number | Tensor, yes: Tensor, no: Tensor): Tensor =>
  typeof n === 'number'
    ? n < 1
      ? yes
      : no
    : where(
        constant(() => less(n, 1)),
        yes,
        no,
      );

/** (pⁿ − 1) ÷ n, which for small n is ln p, with the derivative max(p, ε)ⁿ⁻¹, 0 < n ≤ 1. */
export function boundedPowerLog(p: Tensor, n: number, epsilon: number): Tensor {
  return withGradient(
    (input) => div(tfExpm1(mul(n, log(input))), n),
    (dy, input) => mul(dy, boundedPower(atLeast(input, epsilon), minus(n, 1), epsilon)),
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

/** The smaller of two numbers; equal ones share the derivative. */
export const minimum = (a: Tensor, b: Tensor): Tensor => mix(a, b, less);

/** The larger of two numbers; equal ones share the derivative. */
export const maximum = (a: Tensor, b: Tensor): Tensor => mix(a, b, greater);

function mix(a: Tensor, b: Tensor, isWanted: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const share = constant(() => add(mul(0.5, cast(equal(a, b), 'float32')), cast(isWanted(a, b), 'float32')));
  // So that NaN on either side stays.
  return add(mul(share, a), mul(sub(1, share), b));
}
