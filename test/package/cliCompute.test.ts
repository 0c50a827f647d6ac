import * as fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { compute } from '../../cli/compute/compute.js';
import { type FileCall, isArrayOption } from '../../cli/compute/call.js';
import { splittingOf } from '../../cli/compute/split.js';
import { arraySource } from '../../cli/data/json.js';
import { heldSource, type Source } from '../../cli/data/source.js';
import { reductions, type Reduction } from '../../src/definition/options.js';
import type { NamedLoss } from '../../src/getLoss.js';
import { defineLoss } from '../../src/loss/define.js';
import { type Call, calls, numbers, sizeOf, toTensor, type Values } from '../support/draw.js';
import { allLosses, type AnyLoss, lossNamed } from '../support/losses.js';

/* A loss in blocks is the loss at once. */

const sourceOf = (label: string, { data, shape, dtype }: Values): Source =>
  heldSource(label, dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data), shape, dtype);

/** A drawn call as files would have it, with weights and a mask or without. */
function fileCall(loss: AnyLoss, call: Call, reduction: Reduction, extras: Readonly<Record<string, Values>>): FileCall {
  const isArray = ([name, value]: [string, unknown]): boolean =>
    isArrayOption(loss.definition, name) && value !== null && typeof value !== 'number';
  const options = Object.entries(call.options);
  return {
    loss: loss as unknown as NamedLoss,
    inputs: call.inputs.map((values, i) => sourceOf(`input ${i}`, values)),
    arrays: Object.fromEntries([
      ...options.filter(isArray).map(([name, value]) => [name, arraySource(name, value)]),
      ...Object.entries(extras).map(([name, values]) => [name, sourceOf(name, values)]),
    ]) as FileCall['arrays'],
    options: Object.fromEntries(options.filter((option) => !isArray(option))),
    reduction,
  };
}

/** Weights, and a mask, of the first axis of the positions. */
function extrasOf({ positions, output }: Call, seed: number): Record<string, Values> {
  const [examples] = output;
  if (examples === undefined || positions[0] !== examples) return {};
  const drawn = numbers(`extras ${seed}`, examples);
  const weights: Values = { shape: [examples], data: drawn.map((x) => (x < 0.2 ? 0 : x)), dtype: 'float32' };
  const mask: Values = { shape: [examples], data: drawn.map((x) => Number(x < 0.7)), dtype: 'int32' };
  return [{}, { weights }, { mask }, { weights, mask }][seed % 4] as Record<string, Values>;
}

interface Collected {
  readonly value: number[];
  readonly gradients: Record<string, number[]>;
  readonly blocks: number;
}

async function inBlocks(call: FileCall, rows: number, wanted: readonly string[]): Promise<Collected> {
  const widest = Math.max(1, ...call.inputs.map(({ shape }) => sizeOf(shape.slice(1).map(Number))));
  const value: number[] = [];
  const gradients = Object.fromEntries(wanted.map((name): [string, number[]] => [name, []]));
  const receive = (into: number[]) => (data: Float32Array) => {
    into.push(...data);
  };
  const { blocks } = await compute(
    call,
    {
      value: receive(value),
      gradients: Object.fromEntries(wanted.map((name) => [name, receive(gradients[name] ?? [])])),
    },
    rows * widest,
  );
  return { value, gradients, blocks };
}

function atOnce(loss: AnyLoss, call: Call, options: Record<string, unknown>, at: number): Omit<Collected, 'blocks'> {
  return tf.tidy(() => {
    const inputs = call.inputs.map(toTensor);
    const f = (x: tf.Tensor): tf.Tensor => loss(...inputs.map((input, i) => (i === at ? x : input)), options);
    const moved = inputs[at] as tf.Tensor;
    return {
      value: Array.from(f(moved).dataSync()),
      gradients: {
        moved: Array.from(
          tf
            .grad((x) => tf.sum(f(x)))(moved)
            .dataSync(),
        ),
      },
    };
  });
}

function assertClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((x, i) => {
    const y = expected[i] as number;
    const isEqual = Object.is(x, y) || x === y || Math.abs(x - y) <= 2e-5 * Math.max(1, Math.abs(x), Math.abs(y));
    if (!isEqual) throw new Error(`${x} in blocks and ${y} at once, at ${i} of ${expected.length}`);
  });
}

/** Splits that the whole list of losses makes with a few drawn calls each. */
const split = new Set<string>();

const leading = [[5], [7, 2], [4, 3, 2]];

// Kernels would be compiled for each call.
beforeAll(() => tf.env().set('LOSSES_FUSED', false));

/** Throws unless calls of a loss come to the same in blocks. */
async function holds(loss: AnyLoss): Promise<void> {
  const names = loss.definition.inputs ?? ['labels', 'predictions'];
  const at = names.length - 1;
  const property = fc.asyncProperty(
    calls(loss, { leading }),
    fc.constantFrom(...reductions),
    fc.integer({ min: 1, max: 4 }),
    fc.nat(99),
    async (call, reduction, rows, seed) => {
      const isFloat = call.inputs[at]?.dtype === 'float32';
      const extras = extrasOf(call, seed);
      const asked = fileCall(loss, call, reduction, extras);
      const hinder = Object.values(asked.options).includes('auto') && 'mask' in extras;
      if (hinder) return;
      const tensors = Object.fromEntries(Object.entries(extras).map(([name, values]) => [name, toTensor(values)]));
      const expected = atOnce(loss, call, { ...call.options, ...tensors, reduction }, at);
      const name = names[at] as string;
      const actual = await inBlocks(asked, rows, isFloat ? [name] : []);
      if (actual.blocks > 1) split.add(loss.name);
      assertClose(actual.value, expected.value);
      if (isFloat) assertClose(actual.gradients[name] ?? [], expected.gradients['moved'] ?? []);
      tf.dispose(tensors);
    },
  );
  await fc.assert(property, { numRuns: 6, seed: 15 });
}

test.each(allLosses.map((loss) => [loss.name, loss] as const))('%s in blocks is what it is at once', (_, loss) =>
  holds(loss),
);

test('only losses that look at the whole batch have not been split', () => {
  const whole = allLosses.map(({ name }) => name).filter((name) => !split.has(name));
  expect(new Set(whole)).toEqual(
    new Set([
      'nonNegativePu',
      'cox',
      'angular',
      'barlowTwins',
      'clip',
      'generalizedLiftedStructure',
      'liftedStructure',
      'marginLoss',
      'nca',
      'proxyAnchor',
      'sigLip',
      'tupletMargin',
      'vicReg',
      'circle',
      'ntXent',
      'contrastive',
      'supervisedContrastive',
      'multiSimilarity',
      'nPairs',
      'triplet',
    ]),
  );
});

test.each([
  ['pairs of a batch', 'circle', {}],
  ['a sum over the batch', 'binaryFocalCrossentropy', { normalized: true }],
])('but not with %s that no fact tells of', async (_, name, options) => {
  const { isOfBatch, ...silent } = lossNamed(name).definition;
  expect(isOfBatch).toBeDefined();
  const mutant = defineLoss(silent as never).with(options) as unknown as AnyLoss;
  const cause = expect.objectContaining({
    message: expect.stringMatching(/in blocks and .* at once/) as unknown,
  }) as unknown;
  await expect(holds(mutant)).rejects.toMatchObject({ cause });
});

test('nothing is left behind', async () => {
  const before = tf.memory().numTensors;
  const source = (shape: number[]): Source => heldSource('x', new Float32Array(sizeOf(shape)), shape, 'float32');
  const call = (rows: number): FileCall => ({
    loss: lossNamed('huber') as unknown as NamedLoss,
    inputs: [source([6, 2]), source([rows, 2])],
    arrays: { weights: source([]) },
    options: {},
    reduction: 'mean',
  });
  await inBlocks(call(6), 2, ['predictions']);
  await expect(inBlocks(call(5), 2, [])).rejects.toThrow(
    'huber: x has at least 6 rows and x has 5 rows; expected as many of each',
  );
  expect(tf.memory().numTensors).toBe(before);
});

test('few examples of many numbers fall into blocks too', async () => {
  const shape = [2, 3, 4];
  const data = Float32Array.from(numbers('wide', 24));
  const source = heldSource('x', data, shape, 'float32');
  const call: FileCall = {
    loss: lossNamed('meanSquaredError') as unknown as NamedLoss,
    inputs: [heldSource('y', new Float32Array(24), shape, 'float32'), source],
    arrays: {},
    options: {},
    reduction: 'mean',
  };
  const value: number[] = [];
  const { blocks } = await compute(call, { value: (x) => void value.push(...x) }, 5);
  expect(blocks).toBe(5);
  assertClose(value, [data.reduce((sum, x) => sum + x * x, 0) / 24]);
});

test('a loss that is split although it looks at the whole batch would be found', () => {
  const call = (name: string, options: object): FileCall => ({
    loss: lossNamed(name) as unknown as NamedLoss,
    inputs: [0, 1].map(() => heldSource('x', new Float32Array(12), [3, 4], 'float32')),
    arrays: {},
    options: { ...options },
    reduction: 'mean',
  });
  expect(splittingOf(call('dice', { axis: 'batch' }))).toHaveProperty('reason');
  expect(splittingOf(call('categoricalCrossentropy', { axis: 0 }))).toHaveProperty('reason');
  expect(splittingOf(call('categoricalCrossentropy', {}))).toEqual({ inputs: [true, true], arrays: {} });
});
