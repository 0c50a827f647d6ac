import { existsSync, readFileSync } from 'node:fs';
import type { Facts, LossFacts } from '../../scripts/facts/facts.js';
import { formulaOf, notesOf, shapesOf, unitOf } from '../../scripts/facts/parts.js';
import * as list from '../../src/losses/index.js';
import { allLosses, lossNamed } from '../support/losses.js';

/* What the build has collected about the losses, for the command line and for pages. */

const facts = JSON.parse(readFileSync('dist/cli/facts.json', 'utf8')) as Facts;

/** Fields of a loss that may not be empty. */
const missingIn = (loss: LossFacts): string[] => [
  ...(['family', 'summary', 'formula', 'shapes', 'unit', 'signature', 'throws', 'source'] as const).filter(
    (field) => !loss[field],
  ),
  ...(['tasks', 'inputs', 'examples'] as const).filter((field) => loss[field].length === 0),
  ...[...loss.options, ...facts.commonOptions]
    .filter(
      ({ name, description, expected, default: fallback }) =>
        !description || !expected || !fallback !== isRequired(loss.name, name),
    )
    .map(({ name }) => `option ${name}`),
  ...loss.inputs
    .filter(({ name, shape, domain, expected }) => !name || !shape || !domain || !expected)
    .map(() => 'input'),
];

function isRequired(loss: string, option: string): boolean {
  const options: Readonly<Record<string, readonly [unknown, { readonly isRequired?: true }]>> =
    lossNamed(loss).definition.options;
  return options[option]?.[1].isRequired === true;
}

test('every export of the list has its facts, in its order', () => {
  expect(facts.losses.map(({ name }) => name)).toEqual(Object.keys(list));
});

test.each(allLosses.map(({ name }) => name))('%s has every field', (name) => {
  const loss = facts.losses.find((one) => one.name === name) as LossFacts;
  expect(missingIn(loss)).toEqual([]);
  expect(loss.kind).toBe('loss');
  expect(loss.options.map((option) => option.name)).toEqual(
    Object.keys(allLosses.find((one) => one.name === name)?.definition.options ?? {}),
  );
  expect(existsSync(loss.source)).toBe(true);
});

test('the other functions have text, shape or not, and an example', () => {
  const others = facts.losses.filter(({ kind }) => kind === 'function');
  expect(others.map(({ name }) => name).sort()).toEqual([
    'adaptiveLogSoftmax',
    'combine',
    'continuousKlDivergence',
    'cosineLogits',
    'differentialEntropy',
    'effectiveNumberWeights',
    'fenchelYoung',
    'gradientPenalty',
    'labelSmoothing',
  ]);
  expect(
    others.filter(({ summary, examples, tasks }) => !summary || examples.length === 0 || tasks.length === 0),
  ).toEqual([]);
});

test('a field that is missing is noticed', () => {
  const [loss] = facts.losses as [LossFacts];
  expect(missingIn({ ...loss, unit: '', tasks: [] })).toEqual(['unit', 'tasks']);
});

test('the parts of a text', () => {
  const paragraphs = [
    'Loss of the error e = p − y, as text tells: e² if e > 0.5, else 0. It is steep.',
    'Shapes `(...)`; more. In nats. Where there is none it is 0.',
    'A note.',
  ];
  expect(formulaOf(paragraphs[0] ?? '')).toBe('e² if e > 0.5, else 0');
  expect(shapesOf(paragraphs)).toBe('Shapes `(...)`; more.');
  expect(unitOf(paragraphs)).toBe('In nats');
  expect(notesOf(paragraphs)).toEqual(['Where there is none it is 0.', 'A note.']);
});
