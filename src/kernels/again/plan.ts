import { reshape, scalar, Tensor, util } from '@tensorflow/tfjs-core';
import type { Owner } from '../../call/kernelSlots.js';
import { isDifferentiated, withoutGradient } from '../../numerics/autodiff.js';
import { cast } from '../../numerics/portable.js';
import { ofRank } from '../../numerics/positions.js';
import { stretch } from '../../numerics/sum.js';
import { tidied } from '../../numerics/tidied.js';
import { tally } from '../fused/tally.js';
import type { Look, Ran, Recording, Tally } from '../fused/recording.js';
import { fusedBy, keepable, programsOf, type TableComputation } from '../fused/run.js';
import { numbersOfTruths } from '../handwritten/repeated.js';
import { optionsIn } from './kind.js';
import { validityOf } from './validity.js';

/** Runs a call of a kind. Null: a number is not what it was, so that all steps are to be taken. */
export type Plan = (args: readonly unknown[]) => Tensor | null;

/** A call of a loss, with the options that `with` has fixed. */
export interface Called {
  readonly args: readonly unknown[];
  readonly count: number;
  readonly fixed: object;
  readonly definition: Owner['definition'];
}

/** A tensor among the arguments of a call. */
export type Source = (args: readonly unknown[]) => Tensor;

/** What a plan keeps of a call: no tensors of it. */
interface Kept {
  readonly computation: TableComputation;
  /** Where its inputs are; null: which positions count. */
  readonly sources: readonly (Source | null)[];
  readonly areHeld: readonly boolean[];
  /** Shapes of its inputs, and of what the call gives. */
  readonly shapes: readonly number[][];
  readonly shape: number[];
  readonly hasValid: boolean;
  readonly mask: Source | undefined;
  readonly validity: (labels: Tensor, mask: Tensor | null) => Tensor | null;
  readonly factor: Ran['factor'];
  readonly looks: readonly { readonly source: Source; readonly isBad: Look['isBad']; readonly isOfValid: boolean }[];
  readonly tallies: readonly { readonly source: Source; readonly formula: Tally['formula'] }[];
}

/** How calls of this kind are run. Null: not by one kernel whose inputs are tensors of the call as they came. */
export function planOf({ hasCalled, ran, ...looked }: Recording, called: Called, computed: Tensor): Plan | null {
  if (hasCalled || ran?.result !== computed || !areDistinct(called)) return null;
  const { prepared, factor } = ran;
  const hasValid = prepared.valid !== null;
  const isValidity = (i: number): boolean => hasValid && i === called.count;
  const sources = ran.tensors.map((tensor, i) => (isValidity(i) ? null : sourceOf(tensor, called)));
  const looks = looked.looks.map(({ tensor, isBad, valid }) => {
    const source = valid === prepared.valid || valid === null ? sourceOf(tensor, called) : undefined;
    return source && { source, isBad, isOfValid: valid !== null };
  });
  const tallies = looked.tallies.map(({ tensor, formula, count }) => {
    const source = count === 0 ? sourceOf(tensor, called) : undefined;
    return source && { source, formula };
  });
  if (!areKnown(sources) || !areKnown(looks) || !areKnown(tallies)) return null;
  return planWith({
    computation: keepable(ran.computation),
    sources,
    looks,
    tallies,
    areHeld: ran.tensors.map((tensor, i) => prepared.inputs[i]?.domain.isHeld === true || isHeldOption(tensor, called)),
    shapes: ran.tensors.map((tensor) => tensor.shape),
    shape: computed.shape,
    hasValid,
    mask: sourceOfOption('mask', called),
    validity: validityOf(prepared),
    factor,
  });
}

const areKnown = <T>(all: readonly (T | undefined)[]): all is readonly T[] => !all.includes(undefined);

function planWith(kept: Kept): Plan {
  const { computation, sources, areHeld, shapes, shape, hasValid, mask, validity, factor, looks, tallies } = kept;
  const { programs } = programsOf(computation);
  const run: Plan = (args) => {
    // Those that `with` has fixed may have been disposed of.
    if (sources.some((source) => source?.(args).isDisposed)) return null;
    const valid = hasValid ? validity(args[0] as Tensor, mask?.(args) ?? null) : null;
    for (const { source, isBad, isOfValid } of looks)
      if (isAnyBad(source(args), isBad, isOfValid ? valid : null)) return null;
    for (const { source, formula } of tallies) if (tally(formula, source(args)) !== 0) return null;
    const isOn = isDifferentiated();
    const tensors = sources.map((source, i) => {
      if (!source) return zerosAndOnes(valid as Tensor, shapes[i] as number[]);
      return isOn && areHeld[i] ? withoutGradient(source(args)) : source(args);
    });
    if (factor) {
      const by = factor(valid);
      tensors.push(typeof by === 'number' ? scalar(by) : by);
    }
    const result = fusedBy(programs, computation, tensors);
    return result && (util.arraysEqual(result.shape, shape) ? result : reshape(result, shape));
  };
  return (args) => tidied(() => run(args) as Tensor);
}

/** Which positions count, as 0 and 1. */
const zerosAndOnes = (valid: Tensor, shape: number[]): Tensor =>
  numbersOfTruths(valid, shape) ?? stretch(cast(valid, 'float32'), shape);

/** Whether no two tensors of a call have the same numbers, so that each is known by them. */
export function areDistinct({ args, count, fixed }: Called): boolean {
  const options = Object.values({ ...fixed, ...optionsIn(args, count) });
  const ids = [...args.slice(0, count), ...options].flatMap((one) => (one instanceof Tensor ? [one.dataId] : []));
  return new Set(ids).size === ids.length;
}

const isOf =
  ({ dataId }: Tensor) =>
  (value: unknown): boolean =>
    value instanceof Tensor && value.dataId === dataId;

/** Where a tensor with the same numbers is found in a call of the kind. */
function sourceOf(tensor: Tensor, called: Called): Source | undefined {
  const { args, count } = called;
  const place = args.slice(0, count).findIndex(isOf(tensor));
  if (place >= 0) return ofInput(place);
  const name = optionOf(tensor, called);
  return name === undefined ? undefined : sourceOfOption(name, called);
}

/** The option that has the numbers of a tensor. */
function optionOf(tensor: Tensor, { args, count, fixed }: Called): string | undefined {
  const options = Object.entries({ ...fixed, ...optionsIn(args, count) });
  return options.find(([, value]) => isOf(tensor)(value))?.[0];
}

/** Whether a tensor is an option that has no derivative. */
function isHeldOption(tensor: Tensor, called: Called): boolean {
  const name = optionOf(tensor, called);
  return name !== undefined && called.definition.options?.[name]?.[1].isHeld === true;
}

export function sourceOfOption(name: string, { args, count, fixed }: Called): Source | undefined {
  if (optionsIn(args, count)[name] instanceof Tensor) return ofOption(name, count);
  const value = (fixed as Readonly<Record<string, unknown>>)[name];
  return value instanceof Tensor ? ofFixed(value as Tensor) : undefined;
}

/* Sources are kept, and hold no tensors of a call. */
export const ofInput =
  (place: number): Source =>
  (args) =>
    args[place] as Tensor;
const ofOption =
  (name: string, count: number): Source =>
  (args) =>
    optionsIn(args, count)[name] as Tensor;
const ofFixed =
  (value: Tensor): Source =>
  () =>
    value;

/** Whether a number that counts is bad. */
function isAnyBad(tensor: Tensor, isBad: (value: number) => boolean, valid: Tensor | null): boolean {
  const numbers = tensor.dataSync();
  const counts = valid && ofRank(valid, tensor.rank).dataSync();
  if (counts && counts.length !== numbers.length) return true;
  for (let i = 0; i < numbers.length; i++) if (counts?.[i] !== 0 && isBad(numbers[i] as number)) return true;
  return false;
}
