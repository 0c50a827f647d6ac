import { minimum, squeeze, abs as tfAbs, type Tensor } from '@tensorflow/tfjs-core';
import { add, div, equal, expandDims, less, logicalAnd, max, mul, neg, square, sub } from '../tfjs/ops.js';
import { constant, withEachGradient } from './autodiff.js';
import { abs, expm1, power } from './functions.js';
import { log1p } from './log1p.js';
import { isHalf, where } from './portable.js';
import { ratio } from './quotient.js';
import { larger, minus, over } from './scalars.js';
import { sum } from './sum.js';
import { root, scaleFor } from './unitVector.js';

/*
 * How much farther a vector c is from a vector a than from a vector b: ‖u‖ₚ − ‖v‖ₚ with u = c − a + α and v = c − b + β.
 * Of two distances that are almost the same, only the difference of a and b has the digits of what lies between them. All
 * vectors are halves, as differences may be beyond float32.
 */

type Shifts = readonly [alpha: number, beta: number];

/** A vector x over the last axis times a factor, so that powers of its entries are float32. */
interface Scaled {
  readonly factor: Tensor;
  readonly vector: Tensor;
  /** Of the scaled vector, `[..., 1]`. */
  readonly length: Tensor;
  /** 1 ÷ the length, and 1 where that is 0. */
  readonly inverse: Tensor;
}

function scaled(x: Tensor, p: number): Scaled {
  const factor = scaleFor(max(tfAbs(x), -1, true), p);
  const vector = mul(factor, x);
  const length = norm(vector, p);
  return { factor, vector, length, inverse: div(1, positive(length)) };
}

/** ‖x‖ over the last axis, which stays. */
function norm(x: Tensor, p: number): Tensor {
  if (p === 1) return sum(abs(x), -1, true);
  if (p === 2) return root(sum(square(x), -1, true));
  return power(sum(power(abs(x), p), -1, true), 1 / p);
}

/** u, v and u − v, times a factor. */
interface Apart {
  readonly factor: Tensor;
  readonly between: Tensor;
  readonly u: Scaled;
  readonly v: Scaled;
}

function apart(c: Tensor, a: Tensor, b: Tensor, [alpha, beta]: Shifts, p: number): Apart {
  const [u, v] = [scaled(halfApart(c, a, alpha), p), scaled(halfApart(c, b, beta), p)];
  const factor = constant(() => minimum(u.factor, v.factor));
  return { factor, between: mul(factor, halfApart(b, a, minus(alpha, beta))), u, v };
}

/** ½(a − b + shift), finite for all finite a and b. */
function halfApart(a: Tensor, b: Tensor, shift: number): Tensor {
  // Half precision has no digits for halves of small numbers.
  const half = isHalf() ? mul(0.5, sub(a, b)) : sub(mul(0.5, a), mul(0.5, b));
  return shift === 0 ? half : add(half, over(shift, 2));
}

/** u and v, and their lengths `[..., 1]`, times the factor that both have in common. */
interface Alike {
  readonly u: Tensor;
  readonly v: Tensor;
  readonly ofU: Tensor;
  readonly ofV: Tensor;
}

function alike({ factor, u, v }: Apart): Alike {
  const [shareOfU, shareOfV] = [div(factor, u.factor), div(factor, v.factor)];
  return {
    u: mul(shareOfU, u.vector),
    v: mul(shareOfV, v.vector),
    ofU: mul(shareOfU, u.length),
    ofV: mul(shareOfV, v.length),
  };
}

/** ‖u‖ − ‖v‖ times the factor, `[..., 1]`. */
function longer({ between }: Apart, { u, v, ofU, ofV }: Alike, p: number): Tensor {
  // (u − v)·(u + v) ÷ (‖u‖ + ‖v‖).
  if (p === 2) return sum(mul(between, mul(div(1, positive(add(ofU, ofV))), add(u, v))), -1, true);
  const [sizeOfU, sizeOfV] = [abs(u), abs(v)];
  const excess = ofSigns({ u, v }, between, neg(between), sub(sizeOfU, sizeOfV));
  if (p === 1) return sum(excess, -1, true);
  const [powersOfU, powersOfV] = [sizeOfU, sizeOfV].map((x) => sum(power(x, p), -1, true)) as [Tensor, Tensor];
  const morePowers = sum(rise(sizeOfV, excess, sizeOfU, p), -1, true);
  return rise(powersOfV, morePowers, powersOfU, 1 / p, ofV, ofU);
}

/** (b + d)ⁿ − bⁿ with a = b + d, for a, b ≥ 0; of a small d by (1 + d/b)ⁿ − 1. */
function rise(b: Tensor, d: Tensor, a: Tensor, n: number, ofB = power(b, n), ofA = power(a, n)): Tensor {
  // Not where the growth would be beyond float32 and bⁿ be 0.
  const isSmall = constant(() => less(mul(larger(1, n), abs(d)), mul(0.5, b)));
  const growth = expm1(mul(n, log1p(where(isSmall, ratio(d, where(isSmall, b, 1)), 0))));
  return where(isSmall, mul(ofB, growth), sub(ofA, ofB));
}

/** The first where u and v are above 0, the second where they are below, the third elsewhere. */
function ofSigns({ u, v }: Pick<Alike, 'u' | 'v'>, above: Tensor, below: Tensor, elsewhere: Tensor): Tensor {
  const areAbove = constant(() => logicalAnd(less(0, u), less(0, v)));
  const areBelow = constant(() => logicalAnd(less(u, 0), less(v, 0)));
  return where(areAbove, above, where(areBelow, below, elsewhere));
}

/** x, and 1 where it is 0. */
const positive = (x: Tensor): Tensor =>
  where(
    constant(() => equal(x, 0)),
    1,
    x,
  );

/** The derivative of ‖x‖ for x: its sign times (|x| ÷ ‖x‖)ᵖ⁻¹. */
function direction({ vector, inverse }: Scaled, p: number): Tensor {
  const share = mul(inverse, vector);
  if (p === 2) return share;
  const size = p === 1 ? 1 : power(abs(share), p - 1);
  const [isAbove, isBelow] = [constant(() => less(0, vector)), constant(() => less(vector, 0))];
  return where(isAbove, size, where(isBelow, typeof size === 'number' ? -size : neg(size), 0));
}

/** The derivative of ‖u‖ less that of ‖v‖. */
function turn(own: Apart, p: number): Tensor {
  const { u, v, between } = own;
  const plain = (): Tensor => sub(direction(u, p), direction(v, p));
  if (p === 1) return plain();
  const both = alike(own);
  const isSecond = constant(() => less(both.ofU, both.ofV));
  // u/‖u‖ − v/‖v‖ is what lies between them, less the longer one's excess along the shorter one, ÷ the longer one's length.
  const inverse = div(1, positive(where(isSecond, both.ofV, both.ofU)));
  const along = mul(inverse, longer(own, both, p));
  const alongU = mul(where(isSecond, mul(u.inverse, along), 0), u.vector);
  const alongV = mul(where(isSecond, 0, mul(v.inverse, along)), v.vector);
  const change = sub(mul(inverse, between), add(alongU, alongV));
  if (p === 2) return change;
  const [partOfU, partOfV] = [u, v].map(({ inverse, vector }) => mul(inverse, abs(vector))) as [Tensor, Tensor];
  const above = rise(partOfV, change, partOfU, p - 1);
  const below = neg(rise(partOfV, neg(change), partOfU, p - 1));
  return ofSigns(both, above, below, plain());
}

/** ‖c − a + α‖ₚ − ‖c − b + β‖ₚ over the last axis of tensors of one shape, for a finite p. The derivative of a length of 0 is 0. */
export function fartherBy(c: Tensor, a: Tensor, b: Tensor, shifts: Shifts, p: number): Tensor {
  const [alpha, beta] = shifts;
  const along = (dy: Tensor, slope: Tensor): Tensor => mul(expandDims(dy, -1), slope);
  return withEachGradient(
    (centre, one, other) => {
      const own = apart(centre, one, other, shifts, p);
      return squeeze(mul(div(2, own.factor), longer(own, alike(own), p)), [-1]);
    },
    [
      (dy, centre, one, other) => along(dy, turn(apart(centre, one, other, shifts, p), p)),
      (dy, centre, one) => along(neg(dy), direction(scaled(halfApart(centre, one, alpha), p), p)),
      (dy, centre, _, other) => along(dy, direction(scaled(halfApart(centre, other, beta), p), p)),
    ],
  )(c, a, b);
}
