import { memory, setBackend } from '@tensorflow/tfjs';
import * as fc from 'fast-check';
import '../../src/index.js';
import { definitionOf } from '../../src/definition/definition.js';
import { defaultsOf, reductions } from '../../src/definition/options.js';
import { allLosses, getLoss, type NamedLoss } from '../../src/getLoss.js';
import { type Task, wholeOutcomeOf } from '../../site/elements/playground/compute.js';
import { curveOf } from '../../site/elements/playground/curve.js';
import { takes } from '../../site/elements/playground/fitting.js';
import {
  axisOf,
  carriedOver,
  classesOf,
  firstMoving,
  openingInputs,
  openingRows,
  plansOf,
  rowCountOf,
  throughActivation,
  withRows,
  withShare,
} from '../../site/elements/playground/inputs.js';
import { completed } from '../../site/elements/playground/opening.js';
import {
  activations,
  backends,
  comparison,
  formatHash,
  openingOf,
  parseHash,
  type PlainOptions,
  type State,
} from '../../site/elements/playground/state.js';
import type { Values } from '../../site/elements/playground/values.js';
import { samplesOf } from '../support/optionSamples.js';

const names = allLosses().map(({ name }) => name);

beforeAll(() => setBackend('cpu'));

/** The loss of a name on the inputs that it opens with. */
function opening(name: string, options: PlainOptions = {}, more: Partial<Task> = {}): Task {
  const loss: NamedLoss = getLoss(name);
  const plans = plansOf(loss, options);
  const inputs = openingInputs(plans, openingRows(plans), options);
  const { options: all } = completed({ loss: name, options }, inputs);
  return { loss, options: all, plans, inputs, activation: 'none', reduction: 'mean', ...more };
}

/** What is not finite in what the playground shows of a task. */
async function strange(task: Task): Promise<string[]> {
  const { value, values, gradients } = await wholeOutcomeOf(task);
  const parts: [string, Values | null][] = [
    ['value', value],
    ['values', values],
    ...gradients.map((own, i): [string, Values | null] => [task.plans[i]?.name ?? '', own]),
  ];
  return parts.flatMap(([part, own]) =>
    own?.data.every((x) => Number.isFinite(x)) === false ? [`${part}: ${own.data.join()}`] : [],
  );
}

describe('a link', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }).map((x) => (x === 0 ? 0 : x)),
    fc.constantFrom(NaN, Infinity, -Infinity),
  );
  const values = fc
    .array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 })
    .chain((shape) =>
      fc
        .array(number, { minLength: shape.reduce((a, b) => a * b, 1), maxLength: shape.reduce((a, b) => a * b, 1) })
        .map((data) => ({ shape, data })),
    );
  const option = fc.oneof(
    number,
    fc.boolean(),
    fc.constant(null),
    fc.constantFrom('mean', 'a&b=c#"d'),
    fc.array(number),
  );
  const setting = fc.record({
    loss: fc.constantFrom(...names),
    options: fc.dictionary(fc.constantFrom('delta', 'axis', 'base', 'a b'), option, { noNullPrototype: true }),
  });
  const state: fc.Arbitrary<State> = fc.record({
    settings: fc.oneof(fc.tuple(setting), fc.tuple(setting, setting)),
    reduction: fc.constantFrom(...reductions),
    activation: fc.constantFrom(...activations),
    backend: fc.constantFrom(...backends),
    inputs: fc.option(fc.array(values, { minLength: 1, maxLength: 3 })),
    along: fc.option(fc.record({ input: fc.nat(3), entry: fc.nat(99) })),
  });

  test('what is shared comes back', () => {
    fc.assert(
      fc.property(state, (shared) => {
        expect(parseHash(`#${formatHash(shared)}`)).toEqual(shared);
      }),
    );
  });

  test('is short where nothing has been changed', () => {
    expect(formatHash(openingOf('huber'))).toBe('loss=huber');
    expect(parseHash('#loss=huber')).toEqual(openingOf('huber'));
    expect(parseHash('')).toBeNull();
  });

  test('that makes no sense says which part does not', () => {
    expect(() => parseHash('loss=huber&options=[1')).toThrow(/^options: /);
    expect(() => parseHash('loss=huber&options=[1]')).toThrow(/^options: \[1\] came; expected an object/);
    expect(() => parseHash('loss=huber&reduction=average')).toThrow(/^reduction: "average" came; expected one of none/);
    expect(() => parseHash('loss=huber&inputs=[[1,[2]]]')).toThrow(/^inputs: /);
  });
});

describe('every loss', () => {
  test.each(names)('%s opens with finite numbers, with each of its options, and leaves no tensor', async (name) => {
    const { loss, plans, inputs } = opening(name);
    const sizes = {
      classes: classesOf(plans, inputs),
      last:
        [...inputs]
          .sort((a, b) => b.shape.length - a.shape.length)
          .at(-1)
          ?.shape.at(-1) ?? 1,
      batch: inputs[0]?.shape[0] ?? 1,
      steps: axisOf(plans, inputs, 'T') ?? 1,
    };
    const { options: schema, check } = definitionOf(loss);
    const settings: PlainOptions[] = Object.keys(schema)
      .flatMap((option) => samplesOf(name, option, sizes).map((value) => ({ [option]: value })))
      .flatMap((options) => ('fromLogits' in schema ? [options, { fromLogits: true, ...options }] : [options]))
      .filter((options) => !check?.({ ...defaultsOf(schema), ...options }));
    const before = memory().numTensors;
    const complaints: string[] = [];
    for (const options of [{}, ...settings]) {
      const changed = plansOf(loss, options);
      const task = opening(name, options, { plans: changed, inputs: carriedOver(changed, options, { plans, inputs }) });
      const found = await strange(task).catch((error: unknown) => [String(error)]);
      complaints.push(...found.map((complaint) => `${JSON.stringify(options)} ${complaint}`));
    }
    expect(complaints).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });

  test.each(reductions)('with the reduction %s', async (reduction) => {
    for (const name of names) expect([name, await strange(opening(name, {}, { reduction }))]).toEqual([name, []]);
  });

  test('with an example more and one less', async () => {
    for (const name of names) {
      const task = opening(name);
      for (const change of [1, -1]) {
        const rows = rowCountOf(task.plans, task.inputs) + change;
        const inputs = withRows(task.plans, task.inputs, rows, {});
        expect([name, await strange({ ...task, inputs })]).toEqual([name, []]);
        expect(rowCountOf(task.plans, inputs)).toBe(rows);
      }
    }
  });

  test('has a curve along its first prediction', async () => {
    for (const name of names) {
      const task = opening(name);
      const curve = await curveOf(task, { input: firstMoving(task.plans), entry: 0 }, () => false);
      const numbers = [...(curve?.values ?? []), ...(curve?.gradients ?? [])].flat();
      expect([name, numbers.length, numbers.filter((x) => Number.isNaN(x))]).toEqual([name, 260, []]);
    }
  });
});

test('an error of the library arrives as it is, and leaves no tensor', async () => {
  const before = memory().numTensors;
  await expect(wholeOutcomeOf(opening('huber', { delta: -1 }))).rejects.toThrow(/^huber: delta is -1; expected/);
  expect(memory().numTensors).toBe(before);
});

test('the comparison: a sure and wrong softmax stops the squared error, and not the cross-entropy', async () => {
  const [squared, entropy] = await Promise.all(
    comparison.settings.map(({ loss }) =>
      wholeOutcomeOf(opening(loss, {}, { inputs: comparison.inputs ?? [], activation: 'softmax', reduction: 'sum' })),
    ),
  );
  expect(Math.abs(squared?.gradients[1]?.data[3] ?? 1)).toBeLessThan(0.01);
  expect(entropy?.gradients[1]?.data[3]).toBeCloseTo(-1, 2);
  expect(entropy?.activated?.data.slice(0, 3).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
});

describe('the second loss', () => {
  test.each(names)('%s takes the inputs that it opens with', (name) => {
    const { plans, inputs } = opening(name);
    expect(takes(plans, inputs, 'none')).toBe(true);
  });

  test('takes what the first one does, where shapes and numbers fit', () => {
    const fitting = (loss: string, of: string, activation: State['activation'] = 'none'): boolean =>
      takes(opening(loss).plans, opening(of).inputs, activation);
    expect(fitting('meanSquaredError', 'categoricalCrossentropy')).toBe(true);
    expect(fitting('categoricalCrossentropy', 'meanSquaredError')).toBe(false);
    expect(fitting('categoricalCrossentropy', 'meanSquaredError', 'softmax')).toBe(true);
    expect(fitting('meanSquaredError', 'sparseCategoricalCrossentropy')).toBe(false);
    expect(fitting('entropy', 'huber')).toBe(false);
    expect(fitting('iou', 'huber')).toBe(false);
    expect(fitting('sparseCategoricalCrossentropy', 'huber')).toBe(false);
    expect(fitting('binaryCrossentropy', 'huber')).toBe(false);
  });
});

test('an activation changes how probabilities are given, and not what they are', () => {
  const { plans, inputs } = opening('categoricalCrossentropy');
  const logits = throughActivation(plans, inputs, 'softmax');
  const back = throughActivation(plans, logits, 'none');
  expect(logits[0]).toEqual(inputs[0]);
  expect(logits[1]).not.toEqual(inputs[1]);
  back[1]?.data.forEach((x, i) => expect(x).toBeCloseTo(inputs[1]?.data[i] ?? NaN, 3));
});

describe('a share', () => {
  const row = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 });

  test('leaves a sum of 1', () => {
    fc.assert(
      fc.property(row, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (shares, at, share) => {
        const own = withShare(shares, at % shares.length, share);
        expect(own[at % shares.length]).toBe(share);
        expect(own.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('has the derivative of its curve', async () => {
    const task = opening('categoricalCrossentropy', {}, { reduction: 'sum' });
    const curve = await curveOf(task, { input: 1, entry: 1 }, () => false);
    for (const at of [10, 30, 50]) {
      const [[x0 = 0, y0 = 0], [x1 = 0, y1 = 0]] = [curve?.values[at - 1] ?? [], curve?.values[at + 1] ?? []];
      const slope = (y1 - y0) / (x1 - x0);
      // Differences of so few points are not more exact.
      expect(Math.abs((curve?.gradients[at]?.[1] ?? 0) / slope - 1)).toBeLessThan(0.005);
    }
  });
});
