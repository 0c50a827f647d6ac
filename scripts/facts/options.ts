import type { Kind } from '../../src/definition/kinds.js';
import type { OptionFacts } from './facts.js';
import { numbersOf } from './numbers.js';

/** The options of a schema; also in a browser, where nobody has read the docstrings. */
export const optionsOf = (
  schema: Readonly<Record<string, readonly [unknown, Kind<unknown>]>>,
  descriptions: ReadonlyMap<string, string> = new Map(),
): OptionFacts[] =>
  Object.entries(schema).map(([name, [value, kind]]) => ({
    name,
    description: descriptions.get(name) ?? '',
    expected: kind.expected,
    default: codeOf(value),
    // What takes tensors takes a boolean for one.
    isFlag: kind.accepts(true) && !kind.accepts([0]),
    words: [...kind.expected.matchAll(/"([^"]*)"/g)].map(([, word = '']) => word).filter((word) => kind.accepts(word)),
    isNullable: kind.accepts(null),
    numbers: numbersOf(kind.accepts),
    isArray: kind.accepts([0, 1]),
    along: kind.along ?? null,
  }));

const codeOf = (value: unknown): string =>
  value === undefined
    ? ''
    : value === Math.E
      ? 'Math.E'
      : typeof value === 'number'
        ? String(value)
        : JSON.stringify(value).replaceAll('"', "'");
