import { Tensor } from '@tensorflow/tfjs-core';
import { show } from './fail.js';
import type { TensorInput } from './options.js';

/** What an option accepts, in words for the error message and as a test. */
export interface Kind<T> {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** For a tensor-valued option: the axis it has one entry for, as the signature names it, or the last axis. */
  readonly along?: string;
  /** What its entries are. Default weights: finite and not negative. Lengths are whole and within the axis named. */
  readonly entries?: 'weights' | 'numbers' | { readonly lengthsOf: string };
  /** The option names the class axis, which the core then moves to the end. */
  readonly isClassAxis?: true;
  /** Keeps `T` in the type; never set. */
  readonly type?: T;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);
const isFinite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
export const isTensorLike = (value: unknown): boolean =>
  isNumber(value) ||
  typeof value === 'boolean' ||
  value instanceof Tensor ||
  ArrayBuffer.isView(value) ||
  Array.isArray(value);

/** What another kind accepts, or null. */
/* @__NO_SIDE_EFFECTS__ */
export function orNull<T>(kind: Kind<T>): Kind<T | null> {
  return { ...kind, expected: `${kind.expected}, or null`, accepts: (value) => value === null || kind.accepts(value) };
}

/** What either of two kinds accepts. */
/* @__NO_SIDE_EFFECTS__ */
export function either<A, B>(a: Kind<A>, b: Kind<B>): Kind<A | B> {
  return { expected: `${a.expected}, or ${b.expected}`, accepts: (value) => a.accepts(value) || b.accepts(value) };
}

/** One of some words. */
/* @__NO_SIDE_EFFECTS__ */
export function oneOf<T extends string>(...words: readonly T[]): Kind<T> {
  return {
    expected: `one of ${words.map(show).join(', ')}`,
    accepts: (value) => (words as readonly unknown[]).includes(value),
  };
}

export const finite: Kind<number> = { expected: 'a finite number', accepts: isFinite };
export const flag: Kind<boolean> = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
};
export const positive: Kind<number> = {
  expected: 'a finite number > 0',
  accepts: (value) => isFinite(value) && value > 0,
};
export const positiveOrNull: Kind<number | null> = /* @__PURE__ */ orNull(positive);
export const nonNegative: Kind<number> = {
  expected: 'a finite number >= 0',
  accepts: (value) => isFinite(value) && value >= 0,
};
export const fraction: Kind<number> = {
  expected: 'a number from 0 to 1',
  accepts: (value) => isFinite(value) && value >= 0 && value <= 1,
};
export const fractionOrNull: Kind<number | null> = /* @__PURE__ */ orNull(fraction);
export const positiveFraction: Kind<number> = {
  expected: 'a number > 0 and <= 1',
  accepts: (value) => positive.accepts(value) && fraction.accepts(value),
};
export const positiveFractionOrNull: Kind<number | null> = /* @__PURE__ */ orNull(positiveFraction);
export const oneOrTwo: Kind<1 | 2> = { expected: '1 or 2', accepts: (value) => value === 1 || value === 2 };
/** The cosine of an angle. */
export const cosine: Kind<number> = {
  expected: 'a number from -1 to 1',
  accepts: (value) => isFinite(value) && Math.abs(value) <= 1,
};
export const normDegree: Kind<number> = {
  expected: 'a number >= 1, or Infinity',
  accepts: (value) => isNumber(value) && value >= 1,
};
/** Small enough to bound a probability from below without changing any other. */
export const probabilityFloor: Kind<number> = {
  expected: 'a number > 0 and < 0.5',
  accepts: (value) => isFinite(value) && value > 0 && value < 0.5,
};
export const probabilityFloorOrNull: Kind<number | null> = /* @__PURE__ */ orNull(probabilityFloor);
export const integer: Kind<number> = { expected: 'an integer', accepts: Number.isInteger };
export const integerOrNull: Kind<number | null> = /* @__PURE__ */ orNull(integer);
export const logarithmBase: Kind<number> = {
  expected: 'a finite number > 0 other than 1',
  accepts: (value) => positive.accepts(value) && value !== 1,
};
/** Different integers, at least one. */
export const distinctIntegers: Kind<readonly number[]> = {
  expected: 'several different integers in an array',
  accepts: (value) =>
    Array.isArray(value) && value.length > 0 && value.every(Number.isInteger) && new Set(value).size === value.length,
};
export const classIndices: Kind<readonly number[]> = {
  expected: 'several different class indices in an array',
  accepts: (value) => distinctIntegers.accepts(value) && (value as number[]).every((index) => index >= 0),
};
export const classIndicesOrNull: Kind<readonly number[] | null> = /* @__PURE__ */ orNull(classIndices);
export const axes: Kind<number | readonly number[]> = {
  expected: 'an axis, or several different ones in an array',
  accepts: (value) => Number.isInteger(value) || distinctIntegers.accepts(value),
  isClassAxis: true,
};
export const perClass: Kind<TensorInput | null> = /* @__PURE__ */ orNull({
  expected: 'one finite weight >= 0 per class',
  accepts: (value) => isTensorLike(value) && !isNumber(value) && noneNegative(value),
  along: 'C',
});
export const scalarOrPerClass: Kind<TensorInput> = {
  expected: 'a finite number >= 0, or one per class',
  accepts: (value) => isTensorLike(value) && noneNegative(value),
  along: 'C',
};
export const scalarOrPerLast: Kind<TensorInput | null> = /* @__PURE__ */ orNull({
  expected: 'a finite number >= 0, or one per entry of the last axis',
  accepts: (value) => isTensorLike(value) && noneNegative(value),
  along: 'last',
});

export const nonNegativeInteger: Kind<number> = {
  expected: 'an integer >= 0',
  accepts: (value) => integer.accepts(value) && nonNegative.accepts(value),
};
export const positiveIntegerOrNull: Kind<number | null> = /* @__PURE__ */ orNull({
  expected: 'an integer >= 1',
  accepts: (value) => integer.accepts(value) && positive.accepts(value),
});
/** One number of any sign per entry of an axis. */
export const numbersAlong = (along: string): Kind<TensorInput | null> =>
  orNull({
    expected: 'one number each, in an array or a tensor,',
    accepts: (value) => isTensorLike(value) && !isNumber(value),
    along,
    entries: 'numbers',
  });
/** One length per example. */
export const lengths = (along: string, lengthsOf: string): Kind<TensorInput | null> =>
  orNull({
    expected: 'one length, a whole number >= 0, per example',
    accepts: (value) => isTensorLike(value) && !isNumber(value) && noneNegative(value),
    along,
    entries: { lengthsOf },
  });
/** A function of tensors. A loss with one among its options has no kernel: what it computes may change. */
export const aFunction = <F extends (...args: never[]) => unknown>(): Kind<F> => ({
  expected: 'a function',
  accepts: (value) => typeof value === 'function',
});
export const functionOrNull = <F extends (...args: never[]) => unknown>(): Kind<F | null> => orNull(aFunction<F>());

/** Values in an array are looked at; those in a tensor may be on a GPU, where that would stall it. */
function noneNegative(value: unknown): boolean {
  if (typeof value === 'number') return nonNegative.accepts(value);
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return true;
  return Array.from(value as ArrayLike<unknown>).every((entry) => nonNegative.accepts(entry));
}
