import { readFileSync } from 'node:fs';
import { counterpart, libraries } from '../../scripts/docs/libraries.js';
import type { Facts } from '../../scripts/facts/facts.js';
import { namesIn } from '../../site/generate/elsewhere/calls.js';
import { elsewhereCode, type ElsewhereCode } from '../../site/generate/elsewhere/index.js';
import { examplesOf } from '../../site/generate/examples/index.js';
import { goldenFiles } from '../support/goldenFiles.js';

/* Losses as code of other libraries: what stands on their pages. */

const facts = JSON.parse(readFileSync('dist/cli/facts.json', 'utf8')) as Facts;
const losses = facts.losses.filter(({ kind }) => kind === 'loss');
const recorded = new Set(goldenFiles.flatMap(({ cases }) => cases.map(({ call }) => call)));

/** The lines of code that are no import and no remark. */
const callsIn = ({ code }: ElsewhereCode): readonly string[] =>
  code
    .split('\n\n')
    .slice(1)
    .flatMap((block) => block.split('\n').filter((line) => !/^(#|\/\/)/.test(line)));

/** The calls that have not run. */
const invented = (shown: ElsewhereCode): readonly string[] =>
  shown.language === 'python' ? callsIn(shown).filter((call) => !recorded.has(call)) : [];

test('every library that has a loss has code for it, and no other', () => {
  for (const { name, elsewhere } of losses) {
    const libraries = elsewhere.map(({ library }) => library);
    expect([name, ...elsewhereCode(name).map(({ library }) => library)]).toEqual([name, ...libraries]);
  }
});

test.each(losses.filter(({ elsewhere }) => elsewhere.length > 0).map(({ name }) => name))('%s', (name) => {
  for (const shown of elsewhereCode(name)) {
    expect(invented(shown)).toEqual([]);
    expect(callsIn(shown).length).toBeGreaterThan(0);
    expect(shown.version).toMatch(/^\d+\.\d+/);
    // Above each call is one of this package.
    expect(shown.code.match(new RegExp(`^(#|//) ${name}\\(`, 'gm'))).toHaveLength(callsIn(shown).length);
    expect(facts.losses.find((loss) => loss.name === name)?.elsewhere).toContainEqual(
      expect.objectContaining({ library: shown.library, departs: shown.departs.length > 0 }),
    );
  }
});

test('a formula of several functions is the loss of no library', () => {
  const theirs = (loss: string): readonly string[] =>
    libraries.flatMap((library) => counterpart(loss, library)?.names ?? []);
  for (const loss of ['ganDiscriminator', 'bradleyTerry', 'qLearning'])
    expect([loss, theirs(loss)]).toEqual([loss, []]);
  expect(theirs('ganGenerator')).toEqual(['binary_cross_entropy_with_logits']);
  expect(theirs('ssim')).toEqual(['ssim']);
});

test('the calls of tf.losses are those that run with the programs', () => {
  const shown = losses.flatMap(({ name }) => elsewhereCode(name).filter(({ language }) => language === 'js'));
  expect(shown.length).toBeGreaterThan(0);
  expect(examplesOf('huber').map(({ kind }) => kind)).not.toContain('tf.losses');
});

test('an invented call is noticed', () => {
  const [shown] = elsewhereCode('huber') as [ElsewhereCode];
  expect(invented({ ...shown, code: shown.code.replace('keras.losses.Huber(', 'keras.losses.Hubert(') })).not.toEqual(
    [],
  );
});

test('names that are arguments, words and properties are none of a call', () => {
  expect(namesIn(`F.huber_loss(predictions, labels, delta=0.5, reduction='mean')`)).toEqual([
    'F',
    'predictions',
    'labels',
  ]);
});
