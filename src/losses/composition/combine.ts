import { add, mul, type Tensor, util } from '@tensorflow/tfjs-core';
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
import { attached, checkPlaces } from '../../loss/define.js';
import { tidied } from '../../numerics/tidied.js';

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

/** A weighted sum of losses: called like any of them. */
export interface CombinedLoss<
  Name extends string = string,
  Inputs extends readonly TensorInput[] = readonly [labels: TensorInput, predictions: TensorInput],
  Default extends Reduction = 'perExample',
> {
  <R extends Reduction = Default>(...args: [...inputs: Inputs, options?: CommonOptions<R>]): Reduced<R>;
  /** What each part comes to, before its weight, by name. */
  values<R extends Reduction = Default>(
    ...args: [...inputs: Inputs, options?: CommonOptions<R>]
  ): Record<Name, Reduced<R>>;
  /** The losses and their weights, by name. */
  readonly parts: Parts<Inputs, Name>;
  /** The options that `with` has fixed. */
  readonly fixed: CommonOptions;
  /** The same loss with these options fixed. */
  with<R extends Reduction = Default>(options: CommonOptions<R>): CombinedLoss<Name, Inputs, R>;
  /** Parts, weights and reduction as plain JSON in the format of Keras 3. */
  config(target?: KerasTarget): LossConfig;
}

/**
 * A weighted sum of losses, Σ wᵢ·lossᵢ, that is itself a loss. Weights, mask, `ignoreNaN`, reduction and `validate` are handed to each
 * part, over what it has fixed itself; what a part is reduced to, it adds. `loss.values(labels, predictions)` gives the
 * parts one by one.
 *
 * Shapes: those of the parts, which must agree unless a part is a single number. In the units of the parts.
 *
 * @throws if there is no part, a part is no loss with a finite weight, or the parts take different inputs; when it is
 * called, what a part throws, and if an option is none of `weights`, `mask`, `ignoreNaN`, `reduction`, `validate`.
 * @see MONAI `DiceCELoss`, pytorch-metric-learning `MultipleLosses`.
 * @example combine({ mse: [meanSquaredError, 1], mae: [meanAbsoluteError, 0.5] })([1], [3]) // [5]
 */
export function combine<
  Name extends string,
  Inputs extends readonly TensorInput[] = readonly [labels: TensorInput, predictions: TensorInput],
>(parts: Parts<Inputs, Name>): CombinedLoss<Name, Inputs> {
  return bind(checkedParts(parts), {}) as CombinedLoss<Name, Inputs>;
}

const who = 'combine';

function checkedParts(given: unknown): Parts<readonly TensorInput[]> {
  if (!isOptions(given) || Reflect.ownKeys(given).length === 0) {
    fail(who, `parts is ${show(given)}; expected losses with weights, such as { mse: [meanSquaredError, 1] }`);
  }
  const parts = ownValues(who, given);
  for (const name of Reflect.ownKeys(parts)) {
    if (typeof name === 'symbol') fail(who, `a part is called ${show(name)}; expected a text`);
    const part = parts[name];
    const [loss, weight] = Array.isArray(part) ? (part as unknown[]) : [];
    if (typeof loss !== 'function' || !isOwn(loss) || (part as unknown[]).length !== 2) {
      fail(who, `the part ${cut(name)} is ${show(part)}; expected a loss of this package and its weight`);
    }
    if (!finite.accepts(weight))
      fail(who, `the weight of ${cut(name)} is ${show(weight)}; expected ${finite.expected}`);
  }
  const counts = Object.values(parts).map((part) => (part as readonly [{ length: number }])[0].length);
  if (new Set(counts).size > 1) {
    fail(who, `the parts take ${[...new Set(counts)].slice(0, 8).join(' and ')} inputs; expected the same number`);
  }
  return parts as Parts<readonly TensorInput[]>;
}

/** Whether a function is a loss of this package, or a combination of such. */
export const isOwn = (f: object): f is { readonly config: (target: KerasTarget) => LossConfig } =>
  'definition' in f || 'parts' in f;

function bind(parts: Parts<readonly TensorInput[]>, fixed: CommonOptions): unknown {
  const names = Object.keys(parts);
  const count = Object.values(parts)[0]?.[0].length ?? 0;
  const inputNames = Array.from({ length: count }, (_, i) => `input ${i + 1}`);
  // What nobody has given here is left to the parts, which may have fixed it.
  const given = (options: unknown): CommonOptions => {
    const all = overriding(who, fixed, options);
    resolveOptions(who, commonOptions, all);
    return all;
  };
  const valuesOf = (args: readonly unknown[]): Record<string, Tensor> => {
    checkPlaces(who, inputNames, args);
    const options = given(args[count] ?? {});
    const inputs = args.slice(0, count) as TensorInput[];
    return Object.fromEntries(names.map((name) => [name, parts[name]?.[0](...inputs, options) as Tensor]));
  };
  const loss = (...args: unknown[]): Tensor =>
    tidied(() => {
      const values = valuesOf(args);
      checkShapes(values);
      const weighted = names.map((name) => mul(values[name] as Tensor, parts[name]?.[1] as number));
      return weighted.reduce((sum, value) => add(sum, value));
    });
  return attached(loss, {
    name: who,
    length: count,
    parts,
    fixed,
    values: (...args: unknown[]) => tidied(() => valuesOf(args)),
    with: (options: CommonOptions) => bind(parts, given(options)),
    config: (target?: KerasTarget) => {
      const used = Object.entries(parts).map(
        ([name, [part, weight]]) => [name, [asUsed(part, fixed), weight]] as const,
      );
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
