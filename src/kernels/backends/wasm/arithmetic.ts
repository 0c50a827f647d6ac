import { type Node, signedBy, watchedFor } from '../../program/graph.js';
import type { Range } from '../../program/ranges.js';
import { EXP, EXP_BOUNDS, LN2, LOG, SQRT_HALF } from '../../program/elementary.js';
import * as w from './encode.js';

/* Four numbers at a time. */

export interface Context {
  /** The code of an argument. */
  readonly code: (node: Node) => w.Code;
  readonly rangeOf: (node: Node) => Range;
  /** A new local. */
  readonly local: () => number;
  /** Whether the code of a node computes it, and does not look it up. */
  readonly isComputed: (node: Node) => boolean;
  /** Whether the engine has a product and a sum in one. */
  readonly isFused: boolean;
}

export function arithmetic(node: Node, context: Context): w.Code {
  const { code, rangeOf, local, isFused } = context;
  const { op, args } = node;
  const [a, b] = args as [Node, Node];
  switch (op) {
    case 'exp':
      return exp(code(a), rangeOf(a), local, forms(isFused));
    case 'log':
      return log(code(a), rangeOf(a), local, forms(isFused));
    case 'select':
      return chosen(node, code, local);
    // By their bits: the instructions of WebAssembly for them are three of a processor.
    case 'abs':
      return rangeOf(a)[0] >= 0 ? [code(a)] : [code(a), w.integers(ALL_BUT_SIGN), w.bits.and];
    case 'neg':
      return a.op === 'abs'
        ? [code(a.args[0] as Node), w.integers(SIGN), w.bits.or]
        : [code(a), w.integers(SIGN), w.bits.xor];
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
    case 'add': {
      // Not of two products, or of one and a number: that they are equal must give exactly 0.
      const [product, constant] = a.op === 'constant' ? [b, a] : [a, b];
      const isStep = isFused && product.op === 'mul' && constant.op === 'constant' && context.isComputed(product);
      return isStep ? [product.args.map(code), code(constant), w.float.timesPlus] : [args.map(code), w.float.add];
    }
    default:
      return [args.map(code), w.float[op as keyof typeof w.float]];
  }
}

/** A choice by a condition. Where bits do, they take fewer instructions: all of them set are NaN. */
function chosen(node: Node, code: Context['code'], local: () => number): w.Code {
  const [signed, watched] = [signedBy(node), watchedFor(node)];
  if (signed) {
    const x = local();
    return [
      [code(signed), w.tee(x), w.integers(SIGN), w.bits.and, w.floats(1), w.bits.or],
      [w.get(x), w.floats(0), w.float.differs, w.bits.and],
      [w.get(x), w.get(x), w.float.differs, w.bits.or],
    ];
  }
  if (watched) {
    const x = local();
    return [code(watched), w.tee(x), w.get(x), w.float.differs];
  }
  const [condition, yes, no] = node.args as [Node, Node, Node];
  if (isZero(no)) return [code(yes), code(condition), w.bits.and];
  return isZero(yes) ? [code(no), code(condition), w.bits.andNot] : [code(yes), code(no), code(condition), w.select];
}

const SIGN = 0x80000000 | 0;
const ALL_BUT_SIGN = 0x7fffffff;

const isZero = ({ op, value }: Node): boolean => op === 'constant' && Object.is(value, 0);

const times = (value: number): w.Code => [w.floats(value), w.float.mul];

const plus = (value: number): w.Code => [w.floats(value), w.float.add];

/** Products with sums, where they are two instructions or one. */
interface Forms {
  /** …·x + y of what is on the stack. */
  readonly timesPlus: (x: w.Code, y: w.Code) => w.Code;
  /** y − x·c of locals. */
  readonly minusProduct: (y: number, x: number, c: number) => w.Code;
}

const forms = (isFused: boolean): Forms =>
  isFused
    ? {
        timesPlus: (x, y) => [x, y, w.float.timesPlus],
        minusProduct: (y, x, c) => [w.get(x), w.floats(c), w.get(y), w.float.lessProduct],
      }
    : {
        timesPlus: (x, y) => [x, w.float.mul, y, w.float.add],
        minusProduct: (y, x, c) => [w.get(y), w.get(x), times(c), w.float.sub],
      };

/** …(aₙ·x + aₙ₋₁)·x + … + a₀ of the x in a local. */
const polynomial = (x: number, [first, ...rest]: readonly number[], { timesPlus }: Forms): w.Code => [
  w.floats(first as number),
  rest.map((a) => timesPlus(w.get(x), w.floats(a))),
];

/** 1.5·2²³: what is added to it is rounded to a whole number, which is then in the last bits. */
const ROUNDING = 12582912;

/** eˣ = 2ⁿ·eʳ with whole n and small r; eʳ = 1 + (r + r²·q(r)). */
function exp(x: w.Code, [, high]: Range, local: () => number, form: Forms): w.Code {
  const [r, n, rounded] = [local(), local(), local()];
  const power = high <= LARGEST_LIFTED ? lifted(rounded) : halved(rounded, local());
  return [
    // Beyond these it is 0 and Infinity; NaN stays.
    [x, w.floats(EXP_BOUNDS[0]), w.float.otherIfGreater],
    high > 88 ? [w.floats(EXP_BOUNDS[1]), w.float.otherIfLess] : [],
    [w.tee(r), form.timesPlus(w.floats(Math.LOG2E), w.floats(ROUNDING)), w.tee(rounded), plus(-ROUNDING), w.set(n)],
    LN2.map((part) => [form.minusProduct(r, n, part), w.set(r)]),
    polynomial(r, EXP, form),
    [form.timesPlus([w.get(r), w.get(r), w.float.mul], w.get(r)), plus(1)],
    power,
  ];
}

/** By how much the exponent of 2ⁿ is raised, so that it is one where 2ⁿ is below the smallest normal number. */
const LIFT = 24;

/** Up to this x, eˣ·2²⁴ is finite. */
const LARGEST_LIFTED = 70;

/** A product with 2ⁿ in two factors, of which the second is the same for all. */
const lifted = (rounded: number): w.Code => [
  [w.get(rounded), w.i32(23), w.bits.shiftLeft, w.integers((127 + LIFT) << 23), w.bits.add, w.float.mul],
  times(2 ** -LIFT),
];

/** A product with 2ⁿ in two factors, each with half of n: they have an exponent wherever the product has one. */
function halved(rounded: number, half: number): w.Code {
  const powerOf = (bits: w.Code): w.Code => [bits, w.i32(23), w.bits.shiftLeft, w.integers(127 << 23), w.bits.add];
  return [
    powerOf([w.get(rounded), w.i32(1), w.bits.shiftRight, w.tee(half)]),
    w.float.mul,
    powerOf([w.get(rounded), w.get(half), w.bits.sub]),
    w.float.mul,
  ];
}

/** ln x = e·ln 2 + ln m with whole e and m around 1. */
function log(x: w.Code, [low, high]: Range, local: () => number, form: Forms): w.Code {
  const [given, e, m, squared, rest] = [local(), local(), local(), local(), local()];
  const chosen = (a: w.Code, b: w.Code, condition: w.Code): w.Code => [a, b, condition, w.select];
  const isTiny = [w.get(given), w.floats(2 ** -126), w.float.less];
  const mayBeTiny = low < 2 ** -126;
  return [
    [x, w.tee(given)],
    // Numbers without a leading 1 are made larger by 2²³ first.
    mayBeTiny ? [times(2 ** 23), w.get(given), isTiny, w.select] : [],
    [w.tee(m), w.integers(SQRT_HALF), w.bits.sub, w.i32(23), w.bits.shiftRight, w.tee(e)],
    [w.i32(23), w.bits.shiftLeft, w.set(squared)],
    [w.get(m), w.get(squared), w.bits.sub, plus(-1), w.tee(m)],
    [w.get(m), w.float.mul, w.set(squared)],
    [w.get(e), w.fromIntegers],
    mayBeTiny ? [w.floats(-23), isTiny, w.bits.and, w.float.add] : [],
    w.set(e),
    polynomial(m, LOG, form),
    [w.get(m), w.float.mul, form.timesPlus(w.get(squared), [w.get(e), times(LN2[1])])],
    w.set(rest),
    [w.get(squared), form.timesPlus(w.floats(-0.5), w.get(rest))],
    [w.get(m), w.float.add, w.set(rest)],
    [w.get(e), form.timesPlus(w.floats(LN2[0]), w.get(rest))],
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
