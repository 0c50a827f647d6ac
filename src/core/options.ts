import type { Tensor, TensorLike } from '@tensorflow/tfjs-core';
import { fail, show } from './fail.js';
import { flag, isTensorLike, oneOf, orNull, type Kind } from './kinds.js';

/** What a tensor argument may be: a tensor, a typed array, a nested array or a number. */
export type TensorInput = Tensor | TensorLike;

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

const tensorLike: Kind<TensorInput> = {
  expected: 'a tensor, an array or a number',
  accepts: isTensorLike,
};

/** The part of every loss's schema that is the same. */
export const commonOptions: OptionSchema<ResolvedCommon> = {
  weights: [null, /* @__PURE__ */ orNull(tensorLike)],
  mask: [null, /* @__PURE__ */ orNull(tensorLike)],
  reduction: ['perExample', /* @__PURE__ */ oneOf(...reductions)],
  validate: [null, /* @__PURE__ */ orNull(flag)],
};

/** Each option at its default. */
export const defaultsOf = (
  schema: Readonly<Record<string, readonly [unknown, Kind<unknown>]>>,
): Record<string, unknown> => Object.fromEntries(Object.entries(schema).map(([name, [value]]) => [name, value]));

/** The options in force: those given, checked one by one, and the defaults for the rest. */
export function resolveOptions<O>(
  who: string,
  schema: OptionSchema<O>,
  given: unknown,
  check?: (options: O) => string | undefined,
): O {
  const entries: Readonly<Record<string, readonly [unknown, Kind<unknown>]>> = schema;
  if (!isOptions(given)) fail(who, `the options came as ${show(given)}; expected an object such as { base: 2 }`);
  const resolved: Record<string, unknown> = defaultsOf(entries);
  for (const [name, value] of Object.entries(given)) {
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
    if (!entry) fail(who, `unknown option ${show(name)}; expected ${Object.keys(entries).join(', ')}`);
    if (!entry[1].accepts(value)) fail(who, `${name} is ${show(value)}; expected ${entry[1].expected}`);
    resolved[name] = value;
  }
  const complaint = check?.(resolved as O);
  if (complaint) fail(who, complaint);
  return resolved as O;
}

/** Whether an argument is meant as options: an object, but no tensor or array. */
export function isOptions(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !isTensorLike(value);
}
