import type { Node } from '../../program/graph.js';
import type { Range } from '../../program/ranges.js';
import * as w from './encode.js';

/*
 * Four numbers at a time. The exponential is that of XNNPACK (to 2e-7 of itself), the logarithm that of Cephes (to 1e-7).
 */

export interface Context {
  /** The code of an argument. */
  readonly code: (node: Node) => w.Code;
  readonly rangeOf: (node: Node) => Range;
  /** A new local. */
  readonly local: () => number;
}

export function arithmetic({ op, args }: Node, { code, rangeOf, local }: Context): w.Code {
  const [a, b, c] = args as [Node, Node, Node];
  switch (op) {
    case 'exp':
      return exp(code(a), rangeOf(a), local);
    case 'log':
      return log(code(a), rangeOf(a), local);
    case 'select':
      if (isZero(c)) return [code(b), code(a), w.bits.and];
      return isZero(b) ? [code(c), code(a), w.bits.andNot] : [code(b), code(c), code(a), w.select];
    case 'abs':
      return rangeOf(a)[0] >= 0 ? [code(a)] : [code(a), w.float.abs];
    case 'and':
      if (b.op === 'not') return [code(a), code(b.args[0] as Node), w.bits.andNot];
      return [code(a), code(b), w.bits.and];
    case 'or':
    case 'not':
      return [args.map(code), w.bits[op]];
    case 'min':
    case 'max': {
      // Against a constant there is one NaN at most, which has to stay.
      const [x, bound] = a.op === 'constant' ? [b, a] : [a, b];
      const cheap = op === 'min' ? w.float.otherIfLess : w.float.otherIfGreater;
      return [code(x), code(bound), bound.op === 'constant' && !Number.isNaN(bound.value) ? cheap : w.float[op]];
    }
    default:
      return [args.map(code), w.float[op as keyof typeof w.float]];
  }
}

const isZero = ({ op, value }: Node): boolean => op === 'constant' && Object.is(value, 0);

const times = (value: number): w.Code => [w.floats(value), w.float.mul];

const plus = (value: number): w.Code => [w.floats(value), w.float.add];

/** …(aₙ·x + aₙ₋₁)·x + … + a₀ of the x in a local. */
const polynomial = (x: number, [first, ...rest]: readonly number[]): w.Code => [
  w.floats(first as number),
  rest.map((a) => [w.get(x), w.float.mul, plus(a)]),
];

/** ln 2 in two parts, of which the first has few digits, so that its multiples are exact. */
const LN2 = [0.693359375, -2.1219444e-4] as const;

/** 1.5·2²³: what is added to it is rounded to a whole number, which is then in the last bits. */
const ROUNDING = 12582912;

/** eˣ = 2ⁿ·eʳ with whole n and small r. */
function exp(x: w.Code, [, high]: Range, local: () => number): w.Code {
  const [r, n, rounded] = [local(), local(), local()];
  const minusTimes = (part: number): w.Code => [w.get(n), times(part), w.float.sub];
  const mayOverflow = high > 88;
  return [
    // Beyond these it is 0 and Infinity; NaN stays.
    [x, w.floats(-88.03), w.float.otherIfGreater],
    mayOverflow ? [w.floats(89), w.float.otherIfLess] : [],
    [w.tee(r), times(Math.LOG2E)],
    mayOverflow ? [w.floats(127), w.float.otherIfLess] : [],
    [plus(ROUNDING), w.tee(rounded), plus(-ROUNDING), w.set(n)],
    [w.get(r), LN2.map(minusTimes), w.set(r)],
    polynomial(r, [8.2892906e-3, 4.189782217e-2, 0.16667652, 0.4999915, 0.9999997, 1]),
    // 2ⁿ by its exponent, which is 0 below the smallest normal number.
    [w.get(rounded), w.i32(23), w.bits.shiftLeft, w.integers(127 << 23), w.bits.add],
    w.float.mul,
  ];
}

/** ln x = e·ln 2 + ln m with whole e and m around 1. */
function log(x: w.Code, [low, high]: Range, local: () => number): w.Code {
  const [given, e, m, squared] = [local(), local(), local(), local()];
  const chosen = (a: w.Code, b: w.Code, condition: w.Code): w.Code => [a, b, condition, w.select];
  const isTiny = [w.get(given), w.floats(2 ** -126), w.float.less];
  const mayBeTiny = low < 2 ** -126;
  return [
    [x, w.tee(given)],
    // Numbers without a leading 1 are made larger by 2²³ first.
    mayBeTiny ? [times(2 ** 23), w.get(given), isTiny, w.select] : [],
    [w.tee(m), w.integers(0x3f3504f3), w.bits.sub, w.i32(23), w.bits.shiftRight, w.tee(e)],
    [w.i32(23), w.bits.shiftLeft, w.set(squared)],
    [w.get(m), w.get(squared), w.bits.sub, plus(-1), w.tee(m)],
    [w.get(m), w.float.mul, w.set(squared)],
    [w.get(e), w.fromIntegers],
    mayBeTiny ? [chosen(w.floats(-23), w.floats(0), isTiny), w.float.add] : [],
    w.set(e),
    polynomial(
      m,
      [
        7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
        2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
      ],
    ),
    [w.get(m), w.float.mul, w.get(squared), w.float.mul],
    [w.get(e), times(LN2[1]), w.float.add],
    [w.get(squared), times(-0.5), w.float.add],
    [w.get(m), w.float.add],
    [w.get(e), times(LN2[0]), w.float.add],
    // Of 0, and of what is less or NaN.
    low > 0
      ? []
      : [
          chosen(w.floats(-Infinity), w.floats(NaN), [w.get(given), w.floats(0), w.float.equal]),
          [w.floats(0), w.get(given), w.float.less, w.select],
        ],
    // Of Infinity and NaN, themselves.
    high < Infinity
      ? [w.get(given), times(0), w.float.add]
      : [w.get(given), w.get(given), w.floats(Infinity), w.float.less, w.select],
  ];
}
