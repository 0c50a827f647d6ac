import { readFileSync } from 'node:fs';
import type { Facts } from '../../scripts/facts/facts.js';
import { examplesOf, readRecorded, type RecordedProgram } from '../../site/generate/examples/index.js';
import { outputsOf } from '../../site/generate/examples/outputs.js';
import { allPrograms } from '../../site/generate/examples/programs.js';

/* The programs about each loss that its page shows, and what is recorded of them. `npm run docs:programs` records them anew. */

/** In `npm test` one program of so many is run; with `EVERY=1`, or alone, each. */
declare const every: number | undefined;

interface Named extends RecordedProgram {
  readonly loss: string;
}

const facts = JSON.parse(readFileSync('dist/cli/facts.json', 'utf8')) as Facts;
const recorded: readonly Named[] = Object.entries(readRecorded()).flatMap(([loss, programs]) =>
  programs.map((program) => ({ loss, ...program })),
);
const nameOf = ({ loss, kind }: Pick<Named, 'loss' | 'kind'>): string => `${loss}, ${kind}`;
const codeOf = ({ code }: Named): string => code.join('\n');

/** The programs that print something else than is recorded. */
async function differing(programs: readonly Named[]): Promise<readonly string[]> {
  const outputs = await outputsOf(programs.map(codeOf));
  return programs.filter(({ output }, i) => outputs[i]?.join('\n') !== output.join('\n')).map(nameOf);
}

/** The programs of a kind that do not print two numbers at the end, the second of which is as it should be. */
const failing = (
  programs: readonly Named[],
  kind: Named['kind'],
  isRight: (first: number, second: number) => boolean,
): readonly string[] =>
  programs
    .filter((program) => program.kind === kind)
    .filter(({ output }) => {
      const numbers = output.map((line) => Number(line.replace(/^.*: /, '')));
      return numbers.length % 2 !== 0 || numbers.some((n, i) => i % 2 === 0 && !isRight(n, numbers[i + 1] ?? NaN));
    })
    .map(nameOf);

const falls = (first: number, second: number): boolean => second < first;
const isSame = (first: number, second: number): boolean => second === first;

test('definitions and docstrings give the programs that are recorded', async () => {
  const programs = await allPrograms(facts);
  expect(recorded.map(nameOf)).toEqual(programs.map(nameOf));
  expect(recorded.filter((one, i) => codeOf(one) !== programs[i]?.code).map(nameOf)).toEqual([]);
});

test('each program prints what is recorded', async () => {
  const step = typeof every === 'number' ? every : 1;
  expect(await differing(recorded.filter((_, i) => i % step === 0))).toEqual([]);
});

test('every loss has a program with tensors, one in a model and one with options; another function has the first', () => {
  for (const { name, kind } of facts.losses) {
    const kinds = examplesOf(name).map((example) => example.kind);
    expect([name, ...kinds]).toEqual([name, 'tf', ...(kind === 'loss' ? ['compile', 'options'] : [])]);
  }
});

test('the values are those of the docstring', () => {
  for (const { name, examples } of facts.losses) {
    const shown = examplesOf(name)[0]?.output ?? '';
    const digits = (text: string): readonly string[] =>
      (text.match(/-?\d+(\.\d+)?/g) ?? []).map((number) => Number(number).toFixed(4));
    const expected = digits(examples[0]?.result ?? '');
    expect([name, ...digits(shown).slice(0, expected.length)]).toEqual([name, ...expected]);
  }
});

test('every model learns', () => expect(failing(recorded, 'compile', falls)).toEqual([]));

test('tf.losses gives the same number as the call beside it', () =>
  expect(failing(recorded, 'tf.losses', isSame)).toEqual([]));

test('an output that is another, a loss that grows and a number of tf.losses that differs are noticed', async () => {
  const [first] = recorded as [Named];
  const wrong = (kind: Named['kind'], output: readonly string[]): Named => ({ ...first, kind, output });
  const other = wrong('tf', [...first.output.slice(0, -1), 'Tensor']);
  expect(await differing([first, other])).toEqual([nameOf(other)]);
  expect(failing([wrong('compile', ['first epoch: 0.1', 'last epoch: 0.2'])], 'compile', falls)).toHaveLength(1);
  expect(failing([wrong('tf.losses', ['0.10000', '0.10001'])], 'tf.losses', isSame)).toHaveLength(1);
  expect(failing([wrong('tf.losses', ['0.10000'])], 'tf.losses', isSame)).toHaveLength(1);
});

test('a program that imports what is not there, or throws, is refused', async () => {
  await expect(outputsOf([`import { hubert } from 'tfjs-losses';`])).rejects.toThrow(/hubert/);
  await expect(outputsOf(['throw new Error("on purpose");'])).rejects.toThrow(/on purpose/);
  await expect(outputsOf([`console.warn('spoken');`])).resolves.toEqual([['spoken']]);
});

test('a loss that is not recorded names the remedy', () =>
  expect(() => examplesOf('hubert')).toThrow('npm run docs:programs'));
