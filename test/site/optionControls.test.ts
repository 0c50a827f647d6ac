import type { OptionFacts } from '../../scripts/facts/facts.js';
import { numbersOf } from '../../scripts/facts/numbers.js';
import { neededFor } from '../../scripts/facts/needed.js';
import { optionsOf } from '../../scripts/facts/options.js';
import { commonOptions } from '../../src/definition/options.js';
import type { Kind } from '../../src/definition/kinds.js';
import { arrayIn, changed, defaultOf } from '../../site/elements/controls/values.js';
import { type Scale, scaleOf } from '../../site/elements/controls/scale.js';
import { firstOf } from '../../site/elements/controls/parts.js';
import { allLosses } from '../support/losses.js';

/* What the controls of options may be set to: whatever a slider, a choice or a field gives, the option accepts. */

interface Option {
  readonly title: string;
  readonly facts: OptionFacts;
  readonly kind: Kind<unknown>;
}

const schemas: readonly (readonly [
  name: string,
  schema: Readonly<Record<string, readonly [unknown, Kind<unknown>]>>,
])[] = [['every loss', commonOptions], ...allLosses.map(({ name, definition }) => [name, definition.options] as const)];

const options: readonly Option[] = schemas.flatMap(([name, schema]) =>
  optionsOf(schema).map((facts) => {
    const kind = schema[facts.name]?.[1];
    if (!kind) throw new Error(`${name} has no option ${facts.name}`);
    return { title: `${name}, ${facts.name}`, facts, kind };
  }),
);

/** What is wrong with a slider of an option. */
function faultOf({ title, facts, kind }: Option, { last, valueAt, positionOf }: Scale): string | null {
  const values = Array.from({ length: last + 1 }, (_, position) => valueAt(position));
  const refused = values.find((value) => !kind.accepts(value));
  if (refused !== undefined) return `${title}: the slider gives ${refused}; expected ${kind.expected}`;
  if (!values.every((value, i) => i === 0 || value > Number(values[i - 1])))
    return `${title}: ${values.join(' ')} do not grow`;
  if (!values.includes(firstOf(facts))) return `${title}: the slider lacks ${firstOf(facts)}`;
  const lost = values.findIndex((value, position) => positionOf(value) !== position);
  return lost >= 0 ? `${title}: ${values[lost]}, at ${lost}, is found at ${positionOf(Number(values[lost]))}` : null;
}

const sliders = options.flatMap((option) =>
  option.facts.numbers
    ? [{ option, numbers: option.facts.numbers, scale: scaleOf(option.facts.numbers, firstOf(option.facts)) }]
    : [],
);

test('each position of each slider gives a number of its own that the option accepts, and the default has one', () => {
  expect(sliders.length).toBeGreaterThan(100);
  expect(sliders.flatMap(({ option, scale }) => faultOf(option, scale) ?? [])).toEqual([]);
});

test.each<[string, (scale: Scale) => Scale]>([
  ['goes a step too far', (scale) => ({ ...scale, valueAt: (position) => scale.valueAt(position) * 1e40 })],
  ['is rounded', (scale) => ({ ...scale, valueAt: (position) => Math.round(scale.valueAt(position)) })],
  ['lacks the default', (scale) => ({ ...scale, valueAt: (position) => scale.valueAt(position) * 1.001 })],
  [
    'jumps when it is shown',
    (scale) => ({ ...scale, positionOf: (value) => Math.max(0, scale.positionOf(value) - 1) }),
  ],
])('a slider that %s is found', (_, mutant) => {
  expect(sliders.some(({ option, scale }) => faultOf(option, mutant(scale)) !== null)).toBe(true);
});

test('both ends of its numbers are accepted, and what lies beyond is not', () => {
  for (const { option, numbers } of sliders) {
    const { low, high, isInteger, except, infinities } = numbers;
    const [accepted, refused] = [
      [low, high, ...infinities.map(Number)],
      [...except, NaN, ...(isInteger ? [low + 0.5] : [])],
    ];
    expect([option.title, accepted.filter((value) => !option.kind.accepts(value))]).toEqual([option.title, []]);
    expect([option.title, refused.filter((value) => option.kind.accepts(value))]).toEqual([option.title, []]);
    const isOpen = option.kind.accepts(1e41);
    expect([option.title, isOpen || !option.kind.accepts(high + Math.max(1, high * 1e-3))]).toEqual([
      option.title,
      true,
    ]);
  }
});

test('the other values of a control are accepted: the default, words, null, infinities', () => {
  for (const { title, facts, kind } of options) {
    const values = [
      ...(kind.isRequired ? [] : [defaultOf(facts)]),
      ...facts.words,
      ...(facts.isNullable ? [null] : []),
      ...(facts.isFlag ? [true, false] : []),
    ];
    expect([title, values.filter((value) => !kind.accepts(value))]).toEqual([title, []]);
  }
  const words = options.filter(({ facts }) => facts.expected.startsWith('one of'));
  expect(words.length).toBeGreaterThan(20);
  expect(words.filter(({ facts }) => facts.words.length < 2).map(({ title }) => title)).toEqual([]);
});

test('an option without a default shows none, is given as soon as it has a value, and has one in pictures', () => {
  const needed = options.filter(({ kind }) => kind.isRequired);
  expect(needed.map(({ title }) => title)).toContain('logitAdjusted, priors');
  for (const { title, facts, kind } of needed) {
    const { [facts.name]: value } = neededFor({ [facts.name]: [undefined, kind] }, {}, () => 3);
    expect([title, kind.accepts(value), defaultOf(facts)]).toEqual([title, true, undefined]);
    expect(changed([facts], { [facts.name]: value ?? null })).toEqual({ [facts.name]: value });
    expect(neededFor({ [facts.name]: [undefined, kind] }, { [facts.name]: value }, () => 3)).toEqual({});
  }
});

test.each<[string, (value: unknown) => boolean, ReturnType<typeof numbersOf>]>([
  ['none', () => false, null],
  ['1 and 2', (x) => x === 1 || x === 2, { low: 1, high: 2, isInteger: true, except: [], infinities: [] }],
  [
    'all above -3 but 0',
    (x) => typeof x === 'number' && x > -3 && x <= 7 && x !== 0,
    { low: -2.9999999999999996, high: 7, isInteger: false, except: [0], infinities: [] },
  ],
  [
    'from 1 on, Infinity too',
    (x) => typeof x === 'number' && x >= 1,
    { low: 1, high: 5e40, isInteger: false, except: [], infinities: ['Infinity'] },
  ],
])('the numbers of a kind that accepts %s', (_, accepts, numbers) => {
  expect(numbersOf(accepts)).toEqual(numbers);
});

test('only what differs from the default is given', () => {
  const facts = optionsOf(allLosses.find(({ name }) => name === 'categoricalCrossentropy')?.definition.options ?? {});
  expect(changed(facts, { base: Math.E, temperature: 2, softcap: null, axis: [0, 1], fromLogits: false })).toEqual({
    temperature: 2,
    axis: [0, 1],
  });
});

test.each([
  ['1, 0.5', [1, 0.5]],
  ['[1, 0.5]', [1, 0.5]],
  [
    '[0, 1], [2, 3]',
    [
      [0, 1],
      [2, 3],
    ],
  ],
  ['[[0], [2]]', [[0], [2]]],
  ['', null],
  ['1; 2', null],
  ["'a'", null],
  ['null', null],
])('%s as an array', (text, array) => {
  expect(arrayIn(text)).toEqual(array);
});
