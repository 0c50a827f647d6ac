import { fail, show } from '../definition/fail.js';
import type { KerasTarget } from '../definition/kerasFacts.js';
import type { Kind } from '../definition/kinds.js';
import { isOptions, resolveOptions } from '../definition/options.js';

/** A version of Keras. Undefined is none in particular. */
export const version: Kind<string | undefined> = {
  expected: "a version such as '3.16.0'",
  accepts: (value) => value === undefined || (typeof value === 'string' && /^\d+(\.\d|$)/.test(value)),
};

/**
 * The version of Keras that a config is for.
 *
 * @throws if it is no version, or is given as anything else than `{ kerasVersion }`.
 */
export function checkedTarget(who: string, target: KerasTarget = {}): KerasTarget {
  if (!isOptions(target)) fail(who, `the target is ${show(target)}; expected { kerasVersion: '3.16.0' }`);
  return resolveOptions<KerasTarget>(who, { kerasVersion: [undefined, version] }, target);
}

/** Whether a version such as `'3.15.1'` is known to come before another one. */
export function isBefore(version: string | undefined, other: string): boolean {
  const [a = NaN, b = NaN] = [version, other].map((text = '') => {
    const [major = NaN, minor = 0, patch = 0] = text.split('.').map((part) => parseInt(part));
    return 1e6 * major + 1e3 * minor + patch;
  });
  return a < b;
}
