import { Tensor } from '@tensorflow/tfjs-core';
import { fail, show } from '../core/fail.js';

/** One value for all outputs, one per output in their order, or some by name. */
export type PerOutput<T> = T | readonly (T | null)[] | Readonly<Record<string, T | null>>;

const who = 'compile';

/**
 * The value of each output; null where it has none.
 *
 * @throws if there are more or fewer values than outputs, or a name is none of an output.
 */
export function perOutput<T>(
  argument: string,
  value: PerOutput<T> | null | undefined,
  names: readonly string[],
  isOne: (value: unknown) => value is T,
): (T | null)[] {
  const checked = (one: unknown): T | null => {
    if (one === null || one === undefined) return null;
    return isOne(one) ? one : fail(who, `${argument} has ${show(one)} for an output; see its documentation`);
  };
  if (value === null || value === undefined || isOne(value)) return names.map(() => value ?? null);
  if (Array.isArray(value)) {
    if (value.length !== names.length) {
      fail(who, `${argument} has ${value.length} entries; expected one for each output: ${names.join(', ')}`);
    }
    return (value as readonly unknown[]).map(checked);
  }
  if (typeof value !== 'object' || value instanceof Tensor) {
    fail(who, `${argument} is ${show(value)}; expected one value, or one for each output: ${names.join(', ')}`);
  }
  const byName = value as Readonly<Record<string, unknown>>;
  const stray = Object.keys(byName).find((name) => !names.includes(name));
  if (stray !== undefined) {
    fail(who, `${argument} names the output ${show(stray)}; expected one of ${names.join(', ')}`);
  }
  return names.map((name) => checked(byName[name]));
}
