import { orBecause } from './because.js';
import { fail, show } from './fail.js';
import { flag, type Kind, oneOf, orNull, tensorOrNull } from './kinds.js';
import type { TensorInput } from './tensorInput.js';

/** For each option, its default and what it accepts. */
export type OptionSchema<O> = { readonly [K in keyof O]-?: readonly [O[K] | undefined, Kind<O[K]>] };

/** An option without a default, which has to be given. */
/* @__NO_SIDE_EFFECTS__ */
export const required = <T>(kind: Kind<T>): readonly [undefined, Kind<T>] => [undefined, { ...kind, isRequired: true }];

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
  readonly weights?: TensorInput | null | undefined;
  /** Positions that count (true) and that do not (false), aligned like `weights`. NaN under it has no effect. */
  readonly mask?: TensorInput | null | undefined;
  /**
   * Whether a position does not count where the first input, the labels, has a NaN: missing targets often come so. With
   * labels of several entries per position, such as one number per class, one NaN is enough. Default false.
   */
  readonly ignoreNaN?: boolean | undefined;
  /** How values are reduced. Default `'perExample'`: one value per example. */
  readonly reduction?: R | undefined;
  /**
   * Whether values are looked at: class indices out of range, weights that are not finite, probabilities
   * outside [0, 1], labels outside their range, NaN. `true` checks all, also on a GPU, where that waits for it; `false`
   * none; by default class indices and weights, wherever they can be read for free. An unchecked bad index gives NaN.
   */
  readonly validate?: boolean | null | undefined;
}

/** Options as they are given: any of them. `undefined` leaves an option as it is, and no setting of TypeScript forbids it. */
export type Given<O> = { readonly [K in keyof O]?: O[K] | undefined };

export type ResolvedCommon = { readonly [K in keyof CommonOptions]-?: Exclude<CommonOptions[K], undefined> };

/** The part of every loss's schema that is the same. */
export const commonOptions: OptionSchema<ResolvedCommon> = {
  weights: [null, tensorOrNull],
  mask: [null, tensorOrNull],
  ignoreNaN: [false, flag],
  reduction: ['perExample', /* @__PURE__ */ oneOf(...reductions)],
  validate: [null, /* @__PURE__ */ orNull(flag)],
};

/** Each option at its default; one without a default is undefined. */
export const defaultsOf = (
  schema: Readonly<Record<string, readonly [unknown, Kind<unknown>]>>,
): Record<string, unknown> => Object.fromEntries(Object.entries(schema).map(([name, [value]]) => [name, value]));

/** Options given over options fixed before; one that is given as `undefined` is not given. */
export function overriding<O extends object>(who: string, fixed: O, given: unknown): O {
  if (!isOptions(given)) {
    fail(who, `the options came as ${show(given)}; expected a plain object such as { weights: [1, 0.5] }`);
  }
  return { ...fixed, ...ownValues(who, given) };
}

/** What an object has of its own, read once: also what is hidden or named by a symbol, so that nothing is overlooked. */
export function ownValues(who: string, given: object): Record<string, unknown> {
  const values = given as Readonly<Record<string | symbol, unknown>>;
  const own = orBecause(who, 'the options cannot be read', 'expected a plain object', () =>
    Reflect.ownKeys(given).map((name) => [name, values[name]] as const),
  );
  return Object.fromEntries(own.filter(([, value]) => value !== undefined));
}

/** The options in force: those given, checked one by one, and the defaults for the rest. */
export function resolveOptions<O>(
  who: string,
  schema: OptionSchema<O>,
  given: object,
  check?: (options: O) => string | undefined,
): O {
  const entries: Readonly<Record<string, readonly [unknown, Kind<unknown>]>> = schema;
  // The order in which they are looked at: those given come before one that is missing.
  const resolved: Record<string, unknown> = { ...given, ...defaultsOf(entries), ...given };
  for (const key of Reflect.ownKeys(resolved)) {
    const name = key as string;
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
    const [initial, kind] = entry ?? unknownOption(who, name, entries);
    const value = resolved[name];
    if (value === initial && !kind.isRequired) continue;
    if (!kind.accepts(value)) {
      fail(who, `${name} is ${value === undefined ? 'missing' : show(value)}; expected ${kind.expected}`);
    }
    kind.look?.(who, name, value);
  }
  const complaint = check?.(resolved as O);
  if (complaint) fail(who, complaint);
  return resolved as O;
}

const unknownOption = (who: string, name: string, known: object): never =>
  fail(who, `unknown option ${show(name)}; expected ${Object.keys(known).join(', ')}`);

/**
 * Whether a value is a plain object, all of whose properties are its own. Of instances of classes, maps and promises not
 * all that they say would be seen.
 */
export function isOptions(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  try {
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype === null) return true;
    // That of plain objects, of this realm or another.
    return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'hasOwnProperty');
  } catch {
    return false;
  }
}
