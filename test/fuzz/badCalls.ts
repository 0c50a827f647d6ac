import { ones, scalar, tensor, type Tensor } from '@tensorflow/tfjs';
import * as domains from '../../src/definition/domain.js';
import { defaultsOf } from '../support/draw.js';
import { refusedBy } from '../support/optionSamples.js';
import type { Case, Numbers } from './case.js';
import { Random } from './random.js';

/** Inputs and options of a call. */
export interface Arguments {
  readonly inputs: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Calls made bad in one way each; null where that is not bad, or there is nothing to make bad. */
const ways = {
  'weights of another shape': ({ options, inputs }, { output, positions }) => ({
    inputs,
    // Longer than the first axis of the values and that of the positions: weights may have either.
    options: { ...options, weights: ones([Math.max(output[0] ?? 0, positions[0] ?? 0) + 2]) },
  }),
  'a mask of another shape': ({ options, inputs }, { positions }) => ({
    inputs,
    options: { ...options, mask: ones([(positions[0] ?? 0) + 2], 'bool') },
  }),
  'a weight of NaN': ({ options, inputs }) => ({
    inputs,
    options: { ...options, mask: null, validate: true, weights: scalar(NaN) },
  }),
  'an option that is refused': ({ options, inputs }, { loss, plan }) => {
    const random = new Random(`bad ${plan.data}`);
    const names = Object.keys(loss.definition.options);
    if (names.length === 0 || plan.partner !== null || loss.name === 'fenchelYoung') return null;
    const name = random.among(names);
    return { inputs, options: { ...options, [name]: random.among(refusedBy(loss.name, name)) } };
  },
  'an unknown option': ({ options, inputs }) => ({ inputs, options: { ...options, reducton: 'mean' } }),
  'an unknown reduction': ({ options, inputs }) => ({ inputs, options: { ...options, reduction: 'avg' } }),
  'a disposed tensor': (args, { plan }) =>
    withInput(args, plan.data, (input) => {
      const gone = (input as Tensor).clone();
      gone.dispose();
      return gone;
    }),
  'a hole': (args, { plan }) => withInput(args, plan.data, (input) => withHole((input as Tensor).arraySync())),
  'rows of different lengths': (args, { plan }) =>
    withInput(args, plan.data, () => [
      [1, 2],
      [3, 4, 5],
    ]),
  'a tensor of strings': (args, { plan }) =>
    withInput(args, plan.data, (input) => {
      const { shape, size } = input as Tensor;
      return tensor(new Array<string>(size).fill('1'), shape, 'string');
    }),
  'a longer input': (args, { inputs, plan, loss }) => {
    // Then more entries are more classes.
    if (inputs.length < 2 || plan.leading.length === 0 || loss.name === 'linearCrossentropy') return null;
    return withInput(args, plan.data, (input) => {
      const { shape, dtype } = input as Tensor;
      const shared = inputs.filter((other) => other.shape[0] === shape[0]).length > 1 ? 0 : shape.length - 1;
      const longer = shape.length === 0 ? [2, 2] : shape.map((size, axis) => size + (axis === shared ? 2 : 0));
      return ones(longer, dtype);
    });
  },
  'a number that is none': (args, { plan, clean, loss, options }) => {
    const { shape, data, dtype, domain } = clean[plan.data % clean.length] as Numbers;
    // Where labels are ignored, anything may be.
    if (clean[0]?.data.includes({ ...defaultsOf(loss), ...options }['ignoreIndex'] as number)) return null;
    if (dtype !== 'float32' && domains[domain].integer !== 'index') return null;
    const spoilt = [...data.slice(0, -1), dtype === 'float32' ? NaN : 1e6];
    return withInput({ ...args, options: { ...args.options, mask: null, validate: true } }, plan.data, () =>
      tensor(spoilt, [...shape], dtype),
    );
  },
  'no input': (args, { plan }) => withInput(args, plan.data, () => null),
} as const satisfies Record<string, (args: Arguments, drawn: Case) => Arguments | null>;

export type BadKind = keyof typeof ways;

export const badKinds = Object.keys(ways) as BadKind[];

export const madeBad = (kind: BadKind, args: Arguments, drawn: Case): Arguments | null => ways[kind](args, drawn);

/** One of the inputs, chosen by a seed, replaced. */
function withInput({ inputs, options }: Arguments, seed: number, replace: (input: unknown) => unknown): Arguments {
  const at = seed % inputs.length;
  return { options, inputs: inputs.map((input, i) => (i === at ? replace(input) : input)) };
}

/** Nested arrays whose last entry is missing. */
function withHole(array: unknown): unknown {
  if (!Array.isArray(array)) return [undefined];
  const copy: unknown[] = [...(array as unknown[])];
  if (Array.isArray(copy.at(-1))) copy[copy.length - 1] = withHole(copy.at(-1));
  else Reflect.deleteProperty(copy, copy.length - 1);
  return copy;
}
