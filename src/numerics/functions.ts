import {
  greater,
  lessEqual,
  log,
  pow,
  relu,
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
  broadcast_util,
  div,
  equal,
  getBackend,
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
} from '../tfjs/ops.js';
import { constant, withGradient, withGradientGiven, withGradients } from './autodiff.js';
import { isCoarse, ln, log1pOfShare } from './log1p.js';
import { cast, isTraced, lowest, representable, where } from './portable.js';
import { ratio } from './quotient.js';
import { minus } from './scalars.js';
import { polynomial } from './polynomial.js';
import { stretch, sum } from './sum.js';

/** eˣ. */
export function exp(x: Tensor): Tensor {
  return withGradient(tfExp, (dy, input) => mul(dy, exp(input)))(x);
}

/** eˣ − 1, to all digits near 0. */
export function expm1(x: Tensor): Tensor {
  const value = (input: Tensor): Tensor => {
    if (!isCoarse()) return tfExpm1(input);
    // Theirs is eˣ − 1.
    const isNear = less(tfAbs(input), 0.5);
    const near = where(isNear, input, 0);
    return where(isNear, add(near, expm1MinusX(near)), sub(tfExp(input), 1));
  };
  return withGradient(value, (dy, input) => mul(dy, exp(input)))(x);
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
export const timesExp: (x: Tensor, s: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (x, s) => {
    // Bounded where it is still finite, so that 0·eˢ is 0.
    const root = tfExp(atMost(mul(0.5, s), 88));
    return mul(mul(x, root), root);
  },
  (dy, x, s) => [timesExp(dy, s), mul(dy, timesExp(x, s))],
);

/** tanh x. */
export function tanh(x: Tensor): Tensor {
  const value = (input: Tensor): Tensor => {
    if (!isCoarse()) return tfTanh(input);
    const missing = expm1(mul(-2, tfAbs(input)));
    const size = neg(div(missing, add(2, missing)));
    return where(less(input, 0), neg(size), size);
  };
  return withGradient(value, (dy, input) => mul(dy, sechSquared(input)))(x);
}

/** 1 − tanh²x as 4·s·(1 − s) of s = σ(−2|x|), which has digits where tanh x is close to 1. */
export function sechSquared(x: Tensor): Tensor {
  return withGradient(
    (input) => {
      const share = sigmoid(mul(-2, tfAbs(input)));
      return mul(4, mul(share, sub(1, share)));
    },
    (dy, input) => mul(dy, mul(-2, mul(tanh(input), sechSquared(input)))),
  )(x);
}

/** Backends whose own `sigmoid` is 0 below −88, where it is still a float32. */
const early: ReadonlySet<string> = new Set(['wasm', 'webgl', 'webgpu']);

/** 1 ÷ (1 + e⁻ˣ). */
export function sigmoid(x: Tensor): Tensor {
  const value = (input: Tensor): Tensor => {
    if (!early.has(getBackend())) return tfSigmoid(input);
    const decay = tfExp(neg(tfAbs(input)));
    return div(where(less(input, 0), decay, 1), add(1, decay));
  };
  return withGradient(value, (dy, input) => mul(dy, mul(sigmoid(input), sigmoid(neg(input)))))(x);
}

/** ln(1 + eˣ). Not by the op of tfjs, which beyond ±13 leaves out one of the two terms; kernels have one of their own. */
export function softplus(x: Tensor): Tensor {
  return withGradient(
    (input) => (isTraced() ? tfSoftplus(input) : add(relu(input), log1pOfShare(tfExp(neg(tfAbs(input)))))),
    (dy, input) => mulNoNan(sigmoid(input), dy),
  )(x);
}

/** ln cosh x, with derivative tanh x; near 0 by a polynomial, since the closed form loses all digits there. */
export function lnCosh(x: Tensor): Tensor {
  return withGradient(
    (input) => {
      const size = tfAbs(input);
      const squared = square(input);
      // x² times a polynomial in x² whose relative error below 1 is 2e-8. Its start is ½ − x²/12 + x⁴/45.
      const series = [0.5, -0.083332973, 0.022216355, -0.0067095121, 0.0020755784, -0.0005546655, 8.6054102e-5];
      const near = mul(squared, polynomial(squared, series));
      return where(less(size, 1), near, sub(add(size, tfSoftplus(mul(-2, size))), Math.LN2));
    },
    (dy, input) => mul(dy, tanh(input)),
  )(x);
}

/** |x|, with derivative 0 at 0. */
export function abs(x: Tensor): Tensor {
  // Not tfjs's sign, which on wasm is 0 for everything smaller than about 1e-8.
  return withGradient(tfAbs, (dy, input) => mul(dy, sub(step(input), step(neg(input)))))(x);
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
    (input) => {
      const raised = low === -Infinity ? identity(input) : atLeast(input, low);
      return high === Infinity ? raised : atMost(raised, high);
    },
    (dy) => identity(dy),
  )(x);
}

/**
 * ln max(p, ε), with the derivative of ln p and its denominator bounded: 1 ÷ max(p, ε). Clipping p first, as
 * Keras does, has derivative 0 below ε, so that training stops exactly where the prediction is worst.
 */
export function boundedLog(p: Tensor, epsilon: number): Tensor {
  return withGradient(
    (input) => ln(atLeast(input, representable(epsilon))),
    (dy, input) => div(dy, atLeast(input, representable(epsilon))),
  )(p);
}

/**
 * `boundedLog` of a share p whose rest 1 − p is known by itself: where p is close to 1, the logarithm is that of 1 less the
 * rest, to all digits of the rest. The derivative is that for p.
 */
export function boundedLogOfShare(p: Tensor, rest: Tensor, epsilon: number): Tensor {
  const inverse = (share: Tensor): Tensor => ratio(1, atLeast(share, representable(epsilon)));
  return withGradientGiven(
    (share, remaining) => {
      const isMost = less(remaining, 0.5);
      const of = where(isMost, sub(1, remaining), atLeast(share, representable(epsilon)));
      // What 1 less the rest has lost to rounding.
      const lost = where(isMost, sub(sub(1, of), remaining), 0);
      return add(ln(of), mul(inverse(share), lost));
    },
    (dy, share) => mul(dy, inverse(share)),
  )(p, rest);
}

/** ln max(p, ε) of a share p, where that is known by itself; the derivative is that of `boundedLog`. */
export const knownLog = (p: Tensor, logarithm: Tensor, epsilon: number): Tensor =>
  withGradientGiven(
    (_, known) => identity(known),
    (dy, share) => mul(dy, ratio(1, atLeast(share, representable(epsilon)))),
  )(p, logarithm);

/** 1 − p of a share p, where that is known by itself as `rest`. */
export const complement: (p: Tensor, rest: Tensor) => Tensor = /* @__PURE__ */ withGradientGiven(
  (_, rest) => identity(rest),
  (dy) => neg(dy),
);

/**
 * xⁿ of x ≥ 0 and n ≥ 0; rounding below 0 is taken for 0. In a derivative that would be infinite at 0, x is bounded
 * at ε, in the first at another bound where one is given.
 */
export function boundedPower(x: Tensor, n: number, epsilon: number, atFirst = epsilon): Tensor {
  return withGradient(
    (input) => pow(atLeast(input, 0), n),
    (dy, input) => mul(dy, mul(n, boundedPower(ifBelowOne(n, atLeast(input, atFirst), input), minus(n, 1), epsilon))),
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
  const shape = broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
  return productOfAlike(stretch(a, shape), stretch(b, shape));
}

const productOfAlike: (a: Tensor, b: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (a, b) => mul(a, where(equal(a, 0), 0, b)),
  (dy, a, b) => {
    const isAnnulled = constant(() => logicalAnd(equal(a, 0), logicalNot(isFinite(b))));
    return [mul(dy, where(isAnnulled, 0, b)), mul(dy, a)];
  },
);

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

/** The smaller of two numbers; equal ones share the derivative. */
export const minimum = (a: Tensor, b: Tensor): Tensor => mix(a, b, less);

/** The larger of two numbers; equal ones share the derivative. */
export const maximum = (a: Tensor, b: Tensor): Tensor => mix(a, b, greater);

function mix(a: Tensor, b: Tensor, isWanted: (a: Tensor, b: Tensor) => Tensor): Tensor {
  const share = constant(() => add(mul(0.5, cast(equal(a, b), 'float32')), cast(isWanted(a, b), 'float32')));
  // So that NaN on either side stays.
  return add(mul(share, a), mul(sub(1, share), b));
}
