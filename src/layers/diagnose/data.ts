import {
  cast,
  clone,
  concat,
  dispose,
  gather,
  notEqual,
  slice,
  sub,
  Tensor,
  tensor,
  tensor1d,
} from '@tensorflow/tfjs-core';
import { fail, show } from '../../definition/fail.js';
import { isOptions } from '../../definition/options.js';
import { sum } from '../../numerics/sum.js';
import { own } from '../../definition/own.js';
import type { Dataset } from '../datasetTypes.js';
import { tensorsIn } from '../targets.js';

/** What `diagnose` looks at: some examples, as tensors of their own. */
export interface Examples {
  readonly inputs: readonly Tensor[];
  /** By the names of the outputs that have some. */
  readonly labels: ReadonlyMap<string, Tensor>;
  readonly sampleWeight: unknown;
  readonly count: number;
  /** How many numbers of each input are not finite, in all examples; of labels by output. */
  readonly badInputs: readonly Tensor[];
  /** How many examples each input and each labels have in all. */
  readonly totals: readonly number[];
}

/** Numbers, tensors of them, or several of either, by order or by name. */
type Given = unknown;

export interface Names {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

const isArray = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Examples of arrays or tensors. */
export function examplesOf(
  who: string,
  { inputs, outputs }: Names,
  x: Given,
  y: Given,
  sampleWeight: unknown,
  most: number,
  areInOrder: boolean,
): Examples {
  const whole = (name: string, value: unknown): Tensor => asTensor(who, name, value);
  const ofInputs = inOrder(who, 'x', x, inputs).map((value, i) => whole(`x of ${show(inputs[i])}`, value));
  const ofLabels = [...byName(who, y, outputs)].map(
    ([name, value]) => [name, whole(`y of ${show(name)}`, value)] as const,
  );
  const totals = [...ofInputs, ...ofLabels.map(([, labels]) => labels)].map(({ shape }) => sizeOf(shape));
  const count = Math.min(most, ...totals);
  const take = takerOf(totals[0] ?? 0, count, areInOrder);
  return {
    inputs: ofInputs.map((x) => take(x) as Tensor),
    labels: new Map(ofLabels.map(([name, labels]) => [name, take(labels) as Tensor])),
    badInputs: ofInputs.filter(({ dtype }) => dtype !== 'string').map(badIn),
    sampleWeight: chosenOf(sampleWeight, take, totals[0] ?? 0),
    count,
    totals,
  };
}

const sizeOf = ([size = 1]: readonly number[]): number => size;

/** How many numbers are NaN or infinite. */
const badIn = (x: Tensor): Tensor => sum(cast(notEqual(sub(cast(x, 'float32'), cast(x, 'float32')), 0), 'float32'));

/** Takes the chosen examples of a tensor or of an array of rows. */
type Take = (rows: Tensor | ArrayLike<unknown>) => Tensor | readonly unknown[];

/**
 * Examples from all over the data, which may be sorted, in their order: steps of the golden ratio meet no period. Those of
 * losses that compare examples are the first ones, as they stand together in batches.
 */
function takerOf(total: number, count: number, areInOrder: boolean): Take {
  const ratio = (Math.sqrt(5) - 1) / 2;
  const chosen = new Set<number>();
  for (let i = 0; chosen.size < count && i < 4 * count; i++) chosen.add(Math.floor(((i * ratio) % 1) * total));
  const spread = [...chosen].sort((a, b) => a - b);
  const isAll = areInOrder || total <= count || spread.length < count;
  return (rows) => {
    if (!(rows instanceof Tensor)) {
      const all = Array.from(rows);
      return isAll ? all.slice(0, count) : spread.map((i) => all[i]);
    }
    const [own = 0] = rows.shape as number[];
    if (isAll || own !== total || rows.dtype === 'string') return slice(rows, 0, Math.min(count, own));
    return gather(rows, tensor1d(spread, 'int32'));
  };
}

/** The first batches of a dataset of `{xs, ys, sampleWeight}`, joined: a tree of tensors that nobody else disposes. */
export async function firstBatches(
  who: string,
  dataset: Dataset,
  most: number,
  hold: <T>(make: () => T) => T,
): Promise<{ xs: unknown; ys: unknown; sampleWeight: unknown }> {
  const iterator = await dataset.iterator();
  const items: unknown[] = [];
  let count = 0;
  try {
    while (count < most) {
      const { value, done } = await iterator.next();
      const item: unknown = await value;
      if (done || item === null) break;
      items.push(item);
      const { xs } = item as { readonly xs?: unknown };
      const [first] = tensorsIn(xs);
      if (!first) fail(who, `an item of the dataset is ${show(item)}; expected { xs, ys } of tensors, with .batch(32)`);
      count += sizeOf(first.shape);
    }
    if (items.length === 0) fail(who, 'the dataset is empty; expected items { xs, ys }');
    const all = (key: string): unknown =>
      joined(items.map((item) => own(item as Readonly<Record<string, unknown>>, key)));
    return hold(() => ({ xs: all('xs'), ys: all('ys'), sampleWeight: all('sampleWeight') }));
  } finally {
    dispose(tensorsIn(items));
  }
}

/** Trees of the same form as one. */
function joined(parts: readonly unknown[]): unknown {
  const [first] = parts;
  if (first instanceof Tensor) return concat(parts as Tensor[], 0);
  if (isArray(first)) return first.map((_, i) => joined(parts.map((part) => (part as readonly unknown[])[i])));
  if (!isOptions(first)) return first;
  return Object.fromEntries(
    Object.keys(first).map((key) => [
      key,
      joined(parts.map((part) => (part as Readonly<Record<string, unknown>>)[key])),
    ]),
  );
}

function asTensor(who: string, name: string, value: unknown): Tensor {
  if (value instanceof Tensor) {
    const given = value as Tensor;
    if (given.isDisposed) fail(who, `${name} is a disposed tensor; expected numbers`);
    return given.rank === 0 ? fail(who, `${name} is a single number; expected an axis of examples`) : given;
  }
  if (!isArray(value) && !ArrayBuffer.isView(value)) {
    return fail(who, `${name} is ${show(value)}; expected a tensor or an array`);
  }
  try {
    return tensor(value as number[]);
  } catch (cause) {
    throw new Error(
      `${who}: ${name} is no table of numbers (${(cause as Error).message}); expected rows of the same length`,
      {
        cause,
      },
    );
  }
}

/** The value of each name, of one for a single name, a list or an object. */
function inOrder(who: string, what: string, value: Given, names: readonly string[]): readonly unknown[] {
  if (names.length === 1) {
    const single = isOptions(value) ? own(value as Readonly<Record<string, unknown>>, names[0] as string) : value;
    return [isArray(single) && single.length === 1 && single[0] instanceof Tensor ? single[0] : single];
  }
  if (isArray(value) && value.length === names.length) return value;
  if (isOptions(value)) return names.map((name) => own(value as Readonly<Record<string, unknown>>, name));
  return fail(who, `${what} is ${show(value)}; expected one for each of ${names.join(', ')}`);
}

/** Labels by the names of outputs; those that are not given are left out. */
function byName(who: string, y: Given, names: readonly string[]): ReadonlyMap<string, unknown> {
  if (y === null || y === undefined || names.length === 0) return new Map();
  const values = inOrder(who, 'y', y, names);
  return new Map(
    names.flatMap((name, i) => (values[i] === undefined || values[i] === null ? [] : [[name, values[i]] as const])),
  );
}

/** Weights of the chosen examples only, in whatever form they come. */
function chosenOf(value: unknown, take: Take, total: number): unknown {
  if (value instanceof Tensor) return value.rank > 0 ? take(value) : clone(value);
  if (ArrayBuffer.isView(value)) return take(value as Float32Array);
  if (isArray(value)) {
    const isOfExamples = typeof value[0] !== 'object' || (value.length === total && isArray(value[0]));
    return isOfExamples ? take(value) : value.map((one) => chosenOf(one, take, total));
  }
  if (!isOptions(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, chosenOf(one, take, total)]));
}
