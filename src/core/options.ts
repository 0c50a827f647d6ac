import { Tensor, type TensorLike } from '@tensorflow/tfjs-core';
import { fail, show } from './fail.js';

/** What a tensor argument may be: a tensor, a typed array, a nested array or a number. */
export type TensorInput = Tensor | TensorLike;

/** What an option accepts, in words for the error message and as a test. */
export interface Kind<T> {
  readonly expected: string;
  readonly accepts: (value: unknown) => boolean;
  /** For a tensor-valued option: the size it must have, as a dimension of the signature or the last axis. */
  readonly along?: 'C' | 'last';
  /** Keeps `T` in the type; never set. */
  readonly type?: T;
}

/** For each option, its default and what it accepts. */
export type OptionSchema<O> = { readonly [K in keyof O]-?: readonly [O[K], Kind<O[K]>] };

/** How weighted, unreduced values become what the caller gets. See the table in the README. */
export type Reduction =
  'none' | 'perExample' | 'mean' | 'sum' | 'weightedMean' | 'meanOverNonzeroWeights' | 'meanOverNonzeroLosses';

/** Every reduction, in the order of the documentation. */
export const reductions: readonly Reduction[] = [
  'none',
  'perExample',
  'mean',
  'sum',
  'weightedMean',
  'meanOverNonzeroWeights',
  'meanOverNonzeroLosses',
];

/** The options of every loss. */
export interface CommonOptions<R extends Reduction = Reduction> {
  /** Factors on the unreduced values, aligned with their leading axes: scalar, `[batch]`, `[batch, time]`, … */
  readonly weights?: TensorInput | null;
  /** Positions that count (true) and that do not (false), aligned like `weights`. NaN under it has no effect. */
  readonly mask?: TensorInput | null;
  /** How values are reduced. Default `'perExample'`: one value per example. */
  readonly reduction?: R;
  /**
   * Whether values are looked at: class indices out of range, weights that are negative or not finite, probabilities
   * outside [0, 1], labels outside their range, NaN. `true` checks all, also on a GPU, where that waits for it; `false`
   * none; by default class indices and weights, wherever they can be read for free. An unchecked bad index gives NaN.
   */
  readonly validate?: boolean | null;
}

export type ResolvedCommon = Required<CommonOptions>;

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);
const isFinite = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isTensorLike = (value: unknown): boolean =>
  isNumber(value) ||
  typeof value === 'boolean' ||
  value instanceof Tensor ||
  ArrayBuffer.isView(value) ||
  Array.isArray(value);

export const flag: Kind<boolean> = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
};
export const positive: Kind<number> = {
  expected: 'a finite number > 0',
  accepts: (value) => isFinite(value) && value > 0,
};
export const nonNegative: Kind<number> = {
  expected: 'a finite number >= 0',
  accepts: (value) => isFinite(value) && value >= 0,
};
export const positiveOrNull: Kind<number | null> = {
  expected: 'a finite number > 0, or null',
  accepts: (value) => value === null || positive.accepts(value),
};
export const nonNegativeOrNull: Kind<number | null> = {
  expected: 'a finite number >= 0, or null',
  accepts: (value) => value === null || nonNegative.accepts(value),
};
export const fraction: Kind<number> = {
  expected: 'a number from 0 to 1',
  accepts: (value) => isFinite(value) && value >= 0 && value <= 1,
};
/** Small enough to bound a probability from below without changing any other. */
export const probabilityFloor: Kind<number> = {
  expected: 'a number >= 0 and < 0.5',
  accepts: (value) => isFinite(value) && value >= 0 && value < 0.5,
};
export const probabilityFloorOrNull: Kind<number | null> = {
  expected: 'a number >= 0 and < 0.5, or null',
  accepts: (value) => value === null || probabilityFloor.accepts(value),
};
export const integerOrNull: Kind<number | null> = {
  expected: 'an integer, or null',
  accepts: (value) => value === null || Number.isInteger(value),
};
export const logarithmBase: Kind<number> = {
  expected: 'a finite number > 0 other than 1',
  accepts: (value) => positive.accepts(value) && value !== 1,
};
export const axes: Kind<number | readonly number[]> = {
  expected: 'an axis, or several different ones in an array',
  accepts: (value) =>
    Number.isInteger(value) ||
    (Array.isArray(value) && value.length > 0 && value.every(Number.isInteger) && new Set(value).size === value.length),
};
export const perClass: Kind<TensorInput | null> = {
  expected: 'one weight >= 0 per class, or null',
  accepts: (value) => value === null || (isTensorLike(value) && !isNumber(value) && noneNegative(value)),
  along: 'C',
};
export const scalarOrPerLast: Kind<TensorInput | null> = {
  expected: 'a number >= 0, or one per entry of the last axis, or null',
  accepts: (value) => value === null || (isTensorLike(value) && noneNegative(value)),
  along: 'last',
};

const weightKind: Kind<TensorInput | null> = {
  expected: 'a tensor, an array or a number',
  accepts: (value) => value === null || isTensorLike(value),
};
const reductionKind: Kind<Reduction> = {
  expected: `one of ${reductions.map(show).join(', ')}`,
  accepts: (value) => (reductions as readonly unknown[]).includes(value),
};
const flagOrNull: Kind<boolean | null> = {
  expected: 'true, false or null',
  accepts: (value) => value === null || typeof value === 'boolean',
};

export const commonOptions: OptionSchema<ResolvedCommon> = {
  weights: [null, weightKind],
  mask: [null, weightKind],
  reduction: ['perExample', reductionKind],
  validate: [null, flagOrNull],
};

/** Values in an array are checked; those in a tensor may be on a GPU, where reading them would stall it. */
function noneNegative(value: unknown): boolean {
  if (isNumber(value)) return value >= 0;
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return true;
  return Array.from(value as ArrayLike<unknown>).every((entry) => isNumber(entry) && entry >= 0);
}

/** The options in force: those given, checked one by one, and the defaults for the rest. */
export function resolveOptions<O>(
  who: string,
  schema: OptionSchema<O>,
  given: unknown,
  check?: (options: O) => string | undefined,
): O & ResolvedCommon {
  const all = { ...schema, ...commonOptions } as Record<string, readonly [unknown, Kind<unknown>]>;
  if (!isOptions(given)) {
    fail(who, `the options came as ${show(given)}; expected an object such as { reduction: 'mean' }`);
  }
  const resolved: Record<string, unknown> = {};
  for (const name of Object.keys(all)) resolved[name] = all[name]?.[0];
  for (const [name, value] of Object.entries(given)) {
    const entry = Object.hasOwn(all, name) ? all[name] : undefined;
    if (!entry) fail(who, `unknown option ${show(name)}; expected ${Object.keys(all).join(', ')}`);
    if (!entry[1].accepts(value)) fail(who, `${name} is ${show(value)}; expected ${entry[1].expected}`);
    resolved[name] = value;
  }
  const complaint = check?.(resolved as O);
  if (complaint) fail(who, complaint);
  return resolved as O & ResolvedCommon;
}

/** Whether an argument is meant as options: an object, but no tensor or array. */
export function isOptions(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isTensorLike(value);
}
