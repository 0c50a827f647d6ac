import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import { advised } from '../../call/adviceSlot.js';
import { combinedConfigOf } from '../../config/configSlot.js';
import type { Reduced } from '../../definition/definition.js';
import { cut, fail, show } from '../../definition/fail.js';
import type { KerasTarget, LossConfig } from '../../definition/kerasFacts.js';
import { finite } from '../../definition/kinds.js';
import {
  commonOptions,
  type CommonOptions,
  isOptions,
  overriding,
  ownValues,
  type Reduction,
  resolveOptions,
} from '../../definition/options.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { attached, checkPlaces, meanOf } from '../../loss/define.js';
import { tidied } from '../../numerics/tidied.js';
import { add, mul, util } from '../../tfjs/ops.js';
import {
  checkedColumns,
  type Columns,
  type Layout,
  type PartColumns,
  partInputs,
  type Place,
  placesOf,
  rangesOf,
} from './common/columns.js';

/** What can be part of a combined loss: a loss of this package, with options fixed or not, or another combined one. */
export interface Part<Inputs extends readonly TensorInput[]> {
  (...args: [...inputs: Inputs, options?: CommonOptions]): Tensor;
  readonly name: string;
  readonly length: number;
  config(target?: KerasTarget): LossConfig;
}

/** Losses with their weights, by the names of the parts. */
export type Parts<Inputs extends readonly TensorInput[], Name extends string = string> = Readonly<
  Record<Name, readonly [loss: Part<Inputs>, weight: number]>
>;

/** A loss of this package, whatever it takes. */
export interface AnyPart {
  readonly name: string;
  readonly length: number;
  config(target?: KerasTarget): LossConfig;
}

type TwoInputs = readonly [labels: TensorInput, predictions: TensorInput];

/** Losses with their weights, and the columns that their inputs take, as numbers or by name. */
export type PartsOfColumns<Name extends string = string, C = Columns | string> = Readonly<
  Record<
    Name,
    readonly [loss: Part<TwoInputs>, weight: number] | readonly [loss: AnyPart, weight: number, columns: PartColumns<C>]
  >
>;

/** The same as it is worked with: columns are numbers, and what is not told of a part is the same for all. */
export type KnownParts = Readonly<
  Record<string, readonly [loss: Part<readonly TensorInput[]>, weight: number, columns?: PartColumns]>
>;

/** A weighted sum of losses: called like any of them. */
export interface CombinedLoss<
  Name extends string = string,
  Inputs extends readonly TensorInput[] = readonly [labels: TensorInput, predictions: TensorInput],
  Default extends Reduction = 'perExample',
> {
  <R extends Reduction = Default>(...args: [...inputs: Inputs, options?: CommonOptions<R>]): Reduced<R>;
  /** The sum as the single number that `optimizer.minimize` wants: `with({ reduction: 'mean' })`, called. */
  mean(...args: [...inputs: Inputs, options?: CommonOptions<'mean'>]): Scalar;
  /** What each part comes to, before its weight, by name. */
  values<R extends Reduction = Default>(
    ...args: [...inputs: Inputs, options?: CommonOptions<R>]
  ): Record<Name, Reduced<R>>;
  /** The losses and their weights, by name, and the columns that they take as numbers. */
  readonly parts: Parts<Inputs, Name> | PartsOfColumns<Name, Columns>;
  /** The options that `with` has fixed. */
  readonly fixed: CommonOptions;
  /** The same loss with these options fixed. */
  with<R extends Reduction = Default>(options: CommonOptions<R>): CombinedLoss<Name, Inputs, R>;
  /** Parts, weights and reduction as plain JSON in the format of Keras 3. */
  config(target?: KerasTarget): LossConfig;
}

/**
 * A weighted sum of losses that is itself a loss: Σᵢ wᵢ·lossᵢ. Weights, mask, `ignoreNaN`, reduction and `validate` are
 * handed to each part, over what it has fixed itself; what a part is reduced to, it adds.
 * `loss.values(labels, predictions)` gives the parts one by one.
 *
 * A part may take columns of the last axis, each of its inputs its own: `{ labels: 0, predictions: [0, 3] }` are column 0
 * of the labels, without that axis, and columns 0, 1 and 2 of the predictions; of an input that is left out it takes all.
 * Inputs have the names that the loss gives them: `{ mean: 0, variance: 1 }` makes `gaussianNll` a loss of labels and of
 * predictions of two columns. Columns have names where `layout` tells how many each name has, in their order.
 *
 * Shapes: those of the parts, which must agree unless a part is a single number. In the units of the parts.
 *
 * @throws if there is no part, a part is no loss with a finite weight, columns are no range or of no input, or the parts
 * take different inputs; when it is called, what a part throws, if there are fewer columns than a part takes, and if an
 * option is none of `weights`, `mask`, `ignoreNaN`, `reduction`, `validate`.
 * @see MONAI `DiceCELoss`, pytorch-metric-learning `MultipleLosses`.
 * @example combine({ mse: [meanSquaredError, 1], mae: [meanAbsoluteError, 0.5] })([1], [3]) // [5]
 * @example combine({ nll: [gaussianNll, 1, { mean: 0, variance: 1 }] })([[3]], [[1, 4]]) // [1.1931]
 */
export function combine<
  Name extends string,
  Inputs extends readonly TensorInput[] = readonly [labels: TensorInput, predictions: TensorInput],
>(parts: Parts<Inputs, Name>): CombinedLoss<Name, Inputs>;

export function combine<Name extends string>(parts: PartsOfColumns<Name>, layout?: Layout): CombinedLoss<Name>;

export function combine(parts: unknown, layout: unknown = {}): unknown {
  return bind(checkedParts(parts, rangesOf(layout)), {});
}

const who = 'combine';

/** The names of the inputs of a loss of this package. */
export function inputNamesOf(loss: object): readonly string[] {
  const { definition, parts = {} } = loss as {
    readonly definition?: { readonly inputs?: readonly string[] };
    readonly parts?: KnownParts;
  };
  const [first] = Object.values(parts);
  return first && !first[2] ? inputNamesOf(first[0]) : (definition?.inputs ?? ['labels', 'predictions']);
}

/** Where the inputs of a part come from; null if it takes what the sum takes. */
export const placesOfPart = ([loss, , columns]: KnownParts[string]): readonly Place[] | null =>
  columns ? placesOf(inputNamesOf(loss), columns) : null;

function checkedParts(given: unknown, ranges: ReturnType<typeof rangesOf>): KnownParts {
  if (!isOptions(given) || Reflect.ownKeys(given).length === 0) {
    fail(who, `parts is ${show(given)}; expected losses with weights, such as { mse: [meanSquaredError, 1] }`);
  }
  const parts = ownValues(who, given);
  const known = Reflect.ownKeys(parts).map((name): [string, KnownParts[string]] => {
    if (typeof name === 'symbol') return fail(who, `a part is called ${show(name)}; expected a text`);
    const part = parts[name];
    const [loss, weight, columns, ...more] = Array.isArray(part) ? (part as unknown[]) : [];
    if (typeof loss !== 'function' || !isOwn(loss) || (part as unknown[]).length < 2 || more.length > 0) {
      fail(who, `the part ${cut(name)} is ${show(part)}; expected a loss of this package and its weight`);
    }
    if (!finite.accepts(weight))
      fail(who, `the weight of ${cut(name)} is ${show(weight)}; expected ${finite.expected}`);
    const pair = [loss as unknown as Part<readonly TensorInput[]>, weight as number] as const;
    if (columns === undefined) return [name, pair];
    return [name, [...pair, checkedColumns(cut(name), inputNamesOf(loss), columns, ranges)]];
  });
  const counts = new Set(known.map(([, [loss, , columns]]) => (columns ? 2 : loss.length)));
  if (counts.size > 1) {
    const remedy = 'expected the same number, or columns for a part of others';
    fail(who, `the parts take ${[...counts].slice(0, 8).join(' and ')} inputs; ${remedy}`);
  }
  return Object.fromEntries(known);
}

/** Whether a function is a loss of this package, or a combination of such. */
export const isOwn = (f: object): f is { readonly config: (target: KerasTarget) => LossConfig } =>
  'definition' in f || 'parts' in f;

function bind(parts: KnownParts, fixed: CommonOptions): unknown {
  const all = Object.entries(parts).map(([name, part]) => ({ name, loss: part[0], places: placesOfPart(part) }));
  const count = all[0] ? (all[0].places ? 2 : all[0].loss.length) : 0;
  const inputNames = Array.from({ length: count }, (_, i) => `input ${i + 1}`);
  // What nobody has given here is left to the parts, which may have fixed it.
  const given = (options: unknown): CommonOptions => {
    const common = overriding(who, fixed, options);
    resolveOptions(who, commonOptions, common);
    return common;
  };
  const valuesOf = (args: readonly unknown[]): Record<string, Tensor> => {
    checkPlaces(who, inputNames, args);
    const options = given(args[count] ?? {});
    const inputs = args.slice(0, count) as TensorInput[];
    return Object.fromEntries(
      all.map(({ name, loss, places }) => {
        return [name, loss(...(places ? partInputs(cut(name), places, inputs) : inputs), options)];
      }),
    );
  };
  const written = { definition: { name: who, inputs: inputNames, options: {} }, fixed };
  const loss = (...args: unknown[]): Tensor =>
    advised(
      () =>
        tidied(() => {
          const values = valuesOf(args);
          checkShapes(values);
          const weighted = all.map(({ name }) => mul(values[name] as Tensor, parts[name]?.[1] as number));
          return weighted.reduce((sum, value) => add(sum, value));
        }),
      { ...written, args },
    );
  return attached(loss, {
    name: who,
    length: count,
    parts,
    fixed,
    values: (...args: unknown[]) => advised(() => tidied(() => valuesOf(args)), { ...written, args }),
    mean: meanOf(() => bind(parts, { ...fixed, reduction: 'mean' })),
    with: (options: CommonOptions) =>
      advised(() => bind(parts, given(options)), { ...written, args: [options], isWith: true }),
    config: (target?: KerasTarget) => {
      const used = Object.entries(parts).map(([name, part]) => {
        const [loss, weight, columns] = part;
        return [name, { loss: asUsed(loss, fixed), weight, columns }] as const;
      });
      return combinedConfigOf(who, { parts: Object.fromEntries(used), reduction: fixed.reduction }, target);
    },
  });
}

/** Parts add up if they have the same shape, or are numbers. */
function checkShapes(values: Readonly<Record<string, Tensor>>): void {
  const [first, ...others] = Object.entries(values).filter(([, { rank }]) => rank > 0);
  const odd = others.find(([, { shape }]) => !util.arraysEqual(shape, first?.[1].shape ?? []));
  if (!first || !odd) return;
  const [a, b] = [first, odd].map(([name, { shape }]) => `${cut(name)} ${show(shape)}`);
  fail(who, `the parts have the shapes ${a} and ${b}; expected the same, or another reduction`);
}

/** A part under what is fixed for all: Keras has some of its classes with some reductions only. */
const asUsed = (part: Part<readonly TensorInput[]>, fixed: CommonOptions): Pick<Part<never>, 'config'> =>
  'with' in part ? (part as unknown as CombinedLoss).with(fixed) : part;
