import { readFileSync } from 'node:fs';
import type { Facts } from '../../scripts/facts/facts.js';
import { examplesOf, readRecorded, type RecordedProgram } from '../../site/generate/examples/index.js';
import { type Outcome, outcomesOf } from '../../site/generate/examples/outcomes.js';
import { allPrograms } from '../../site/generate/examples/programs.js';

/* The programs about each loss that its page shows, and what is recorded of them. `npm run docs:programs` records them anew. */

/** In `npm test` one program of so many is run; with `EVERY=1`, or alone, each. */
declare const every: number | undefined;

interface Named extends RecordedProgram {
  readonly loss: string;
  /** Such that each loss, and the one after it, has another kind of program in turn. */
  readonly turn: number;
}

const facts = JSON.parse(readFileSync('dist/cli/facts.json', 'utf8')) as Facts;
const recorded: readonly Named[] = Object.entries(readRecorded()).flatMap(([loss, programs], i) =>
  programs.map((program, k) => ({ loss, turn: i + k, ...program })),
);
const nameOf = ({ loss, kind }: Pick<Named, 'loss' | 'kind'>): string => `${loss}, ${kind}`;
const codeOf = ({ code }: Named): string => code.join('\n');

const [first] = recorded as readonly [Named, ...Named[]];
const madeOf = (code: string): Named => ({ ...first, code: [code], output: [] });

const step = typeof every === 'number' ? every : 1;
const chosen = recorded.filter(({ turn }) => turn % step === 0);
const wrong = {
  output: { ...first, output: [...first.output.slice(0, -1), 'Tensor'] },
  import: madeOf(`import { hubert } from 'tfjs-losses';`),
  throwing: madeOf(`throw new Error('on purpose');`),
  warning: madeOf(`console.warn('spoken');`),
};

let outcomes: ReadonlyMap<Named, Outcome>;
beforeAll(async () => {
  const programs = [...chosen, ...Object.values(wrong)];
  const found = await outcomesOf(programs.map(codeOf));
  outcomes = new Map(programs.map((program, i) => [program, found[i] as Outcome]));
});

/** What is wrong with the outcome of a program, or null. */
function complaint(program: Named): string | null {
  const { lines, error } = outcomes.get(program) ?? { lines: [], error: 'did not run' };
  if (error !== null) return `${nameOf(program)}: ${error}`;
  const printed = lines.join('\n');
  return printed === program.output.join('\n') ? null : `${nameOf(program)} prints ${printed}`;
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

test('each program prints what is recorded', () =>
  expect(chosen.map(complaint).filter((text) => text !== null)).toEqual([]));

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

test('a program that prints something else, imports what is not there, throws or warns is noticed', () => {
  expect(complaint(wrong.output)).toMatch(/ prints /);
  expect(complaint(wrong.import)).toMatch(/hubert/);
  expect(complaint(wrong.throwing)).toMatch(/on purpose/);
  expect(complaint(wrong.warning)).toMatch(/spoken/);
});

test('a loss that grows and a number of tf.losses that differs are noticed', () => {
  const printing = (kind: Named['kind'], ...output: readonly string[]): readonly Named[] => [
    { ...first, kind, output },
  ];
  expect(failing(printing('compile', 'first epoch: 0.1', 'last epoch: 0.2'), 'compile', falls)).toHaveLength(1);
  expect(failing(printing('tf.losses', '0.10000', '0.10001'), 'tf.losses', isSame)).toHaveLength(1);
  expect(failing(printing('tf.losses', '0.10000'), 'tf.losses', isSame)).toHaveLength(1);
});

test('a loss that is not recorded names the remedy', () =>
  expect(() => examplesOf('hubert')).toThrow('npm run docs:programs'));
