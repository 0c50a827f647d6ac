import type { OptionFacts } from '../../../scripts/facts/facts.js';

/** What an option may be set to by a control. */
export type OptionValue = boolean | number | string | null | Nested;

export type Nested = readonly (number | Nested)[];

/** Options by name. */
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** The facts that a control needs. */
export type ControlFacts = Pick<
  OptionFacts,
  'name' | 'default' | 'isFlag' | 'words' | 'isNullable' | 'numbers' | 'isArray' | 'along'
>;

/** The default of an option, of which the facts know the code; undefined if it has none. */
export function defaultOf({ default: code }: Pick<OptionFacts, 'default'>): OptionValue | undefined {
  if (code === '') return undefined;
  const named: Readonly<Record<string, number>> = { 'Math.E': Math.E, Infinity, '-Infinity': -Infinity };
  return named[code] ?? (JSON.parse(code.replaceAll("'", '"')) as OptionValue);
}

/** The options that differ from their defaults. */
export const changed = (options: readonly ControlFacts[], values: OptionValues): OptionValues =>
  Object.fromEntries(
    options.flatMap((option) => {
      const value = values[option.name];
      return value === undefined || isSame(value, defaultOf(option)) ? [] : [[option.name, value]];
    }),
  );

const isSame = (a: OptionValue, b: OptionValue | undefined): boolean =>
  Object.is(a, b) || (Array.isArray(a) && Array.isArray(b) && JSON.stringify(a) === JSON.stringify(b));

/** An array of numbers that a reader has typed, such as `1, 0.5` or `[[0, 1], [2, 3]]`; null if it is none. */
export function arrayIn(text: string): Nested | null {
  const read = [text, `[${text}]`].map(parsed).find(isNested);
  return read === undefined || read.length === 0 ? null : read;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const isNested = (value: unknown): value is Nested =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'number' || isNested(entry));

/** An array as a reader types it. */
export const arrayText = (value: Nested): string => JSON.stringify(value).replaceAll(',', ', ');
