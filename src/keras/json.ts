import { orBecause } from '../definition/because.js';
import { fail, show } from '../definition/fail.js';
import type { Json } from '../definition/kerasFacts.js';
import { isOptions } from '../definition/options.js';

/** How many levels JSON may have; a value that holds itself has more. */
const deepest = 1000;

/**
 * A copy of a value as JSON: null, booleans, numbers, strings, arrays and plain objects. As in JSON, what is undefined is
 * left out.
 *
 * @throws if it holds anything else, has too many levels, or cannot be read.
 */
export function jsonOf(who: string, what: string, value: unknown): Json {
  const reading = <T>(read: () => T): T => orBecause(who, `${what} cannot be read`, 'expected JSON', read);
  const copied = (one: unknown, level: number): Json => {
    if (one === null || ['boolean', 'number', 'string'].includes(typeof one)) return one as Json;
    if (level > deepest) fail(who, `${what} has more than ${deepest} levels; expected JSON that does not hold itself`);
    if (reading(() => Array.isArray(one))) {
      const entries = reading(() => Array.from(one as readonly unknown[]));
      return entries.map((entry) => copied(entry ?? null, level + 1));
    }
    if (!reading(() => isOptions(one))) fail(who, `${what} holds ${show(one)}; expected JSON`);
    const entries = reading(() => Object.entries(one as object)).filter(([, entry]) => entry !== undefined);
    return Object.fromEntries(entries.map(([name, entry]) => [name, copied(entry, level + 1)]));
  };
  return copied(value, 0);
}
