import { arraySource, parseJson } from '../../../cli/data/json.js';
import { nestedOf, type Values } from './values.js';

/** The numbers of a text such as `[[0, 1], [1, 0]]`; throws where it has none, or rows of several lengths. */
export function valuesIn(label: string, text: string): Values {
  const value = parseJson(label, text);
  const { shape } = arraySource(label, value);
  const entries = [value].flat(Infinity) as readonly (number | string | boolean | null)[];
  return { shape: shape.map(Number), data: entries.map((entry) => (entry === null ? NaN : Number(entry))) };
}

/** Values as a text that `valuesIn` reads. */
export const textOf = (values: Values): string => jsonText(nestedOf(values));

/** Plain data as JSON; numbers that JSON lacks are written as words in quotation marks. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, entry: unknown) =>
    typeof entry === 'number' && !Number.isFinite(entry) ? String(entry) : entry,
  );

const words: ReadonlyMap<unknown, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** What `jsonText` has written, or a text in which those numbers stand as words. */
export function jsonValue(label: string, text: string): unknown {
  return revived(parseJson(label, text));
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return words.get(value) ?? value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, revived(entry)]));
}
