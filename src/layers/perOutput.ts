import { fail, listed, show } from '../definition/fail.js';
import { isOptions } from '../definition/options.js';
import { own } from '../definition/own.js';

/** One value for all outputs, one per output in their order, or some by name. */
export type PerOutput<T> = T | readonly (T | null)[] | Readonly<Record<string, T | null>>;

/** What the value of one output is. */
export interface OneOutput<T> {
  readonly expected: string;
  readonly is: (value: unknown) => boolean;
  /** Whether it is one value for all outputs, where that is another question. */
  readonly isForAll?: (value: unknown) => boolean;
  /** Keeps `T` in the type; never set. */
  readonly type?: T;
}

/**
 * The value of each output; null where it has none.
 *
 * @throws if there are more or fewer values than outputs, a name is none of an output, or a value is not what it should be.
 */
export function perOutput<T>(
  who: string,
  argument: string,
  value: PerOutput<T> | null | undefined,
  names: readonly string[],
  one: OneOutput<T>,
): (T | null)[] {
  const checked = (given: unknown, name: string): T | null => {
    if (given === null || given === undefined) return null;
    if (!one.is(given)) fail(who, `${argument} of ${show(name)} is ${show(given)}; expected ${one.expected}`);
    return given as T;
  };
  if (value === null || value === undefined || (one.isForAll ?? one.is)(value))
    return names.map(() => (value ?? null) as T | null);
  if (Array.isArray(value)) {
    if (value.length !== names.length) {
      fail(who, `${argument} has ${value.length} entries; expected one for each output: ${listed(names)}`);
    }
    return names.map((name, i) => checked((value as readonly unknown[])[i], name));
  }
  if (!isOptions(value)) {
    fail(
      who,
      `${argument} is ${show(value)}; expected ${one.expected}, for all outputs or for each of ${listed(names)}`,
    );
  }
  const byName = value as Readonly<Record<string, unknown>>;
  const stray = Reflect.ownKeys(byName).find((name) => typeof name === 'symbol' || !names.includes(name));
  if (stray !== undefined) {
    fail(who, `${argument} names the output ${show(stray)}; expected one of ${listed(names)}, or ${one.expected}`);
  }
  return names.map((name) => checked(own(byName, name), name));
}
