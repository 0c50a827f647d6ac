import { reshape, scalar, Tensor, util } from '@tensorflow/tfjs-core';
import { isDifferentiated, withoutGradient } from '../../numerics/autodiff.js';
import { cast } from '../../numerics/portable.js';
import { ofRank } from '../../numerics/positions.js';
import { stretch } from '../../numerics/sum.js';
import { tidied } from '../../numerics/tidied.js';
import { tally } from '../fused/tally.js';
import { fusedBy, keepable, programsOf } from '../fused/run.js';
import { optionsIn } from './kind.js';
import { validityOf } from './validity.js';
import type { Recording } from '../fused/recording.js';

/** Runs a call of a kind. Null: a number is not what it was, so that all steps are to be taken. */
export type Plan = (args: readonly unknown[]) => Tensor | null;

/** A call, with the options that `with` has fixed. */
interface Called {
  readonly args: readonly unknown[];
  readonly count: number;
  readonly fixed: object;
}

/** A tensor among the arguments of a call. */
type Source = (args: readonly unknown[]) => Tensor;

/** How calls of this kind are run. Null: not by one kernel whose inputs are tensors of the call as they came. */
export function planOf({ hasCalled, ran, looks, tallies }: Recording, called: Called, computed: Tensor): Plan | null {
  if (hasCalled || ran?.result !== computed || !areDistinct(called)) return null;
  const { prepared, factor } = ran;
  const areHeld = prepared.inputs.map(({ domain }) => domain.isHeld === true);
  const hasValid = prepared.valid !== null;
  const validity = validityOf(prepared);
  const { count } = called;
  const isValidity = ran.tensors.map((_, i) => hasValid && i === count);
  const sources = ran.tensors.map((tensor, i) => (isValidity[i] ? null : sourceOf(tensor, called)));
  const seen = looks.map(({ tensor, isBad, valid }) => {
    const source = valid === prepared.valid || valid === null ? sourceOf(tensor, called) : undefined;
    return source && { source, isBad, isOfValid: valid !== null };
  });
  const counted = tallies.map(({ tensor, formula, count: sum }) => {
    const source = sum === 0 ? sourceOf(tensor, called) : undefined;
    return source && { source, formula };
  });
  if ([...sources, ...seen, ...counted].includes(undefined)) return null;
  const computation = keepable(ran.computation);
  const { programs } = programsOf(computation);
  const { shape } = computed;
  const shapes = ran.tensors.map((tensor) => tensor.shape);
  const mask = sourceOfOption('mask', called);

  const run: Plan = (args) => {
    const valid = hasValid ? validity(args[0] as Tensor, mask?.(args) ?? null) : null;
    for (const look of seen)
      if (look && isAnyBad(look.source(args), look.isBad, look.isOfValid ? valid : null)) return null;
    for (const one of counted) if (one && tally(one.formula, one.source(args)) !== 0) return null;
    const isOn = isDifferentiated();
    const tensors = sources.map((source, i) => {
      if (!source) return stretch(cast(valid as Tensor, 'float32'), shapes[i] as number[]);
      return isOn && areHeld[i] ? withoutGradient(source(args)) : source(args);
    });
    if (tensors.some(({ isDisposed }) => isDisposed)) return null;
    if (factor) {
      const by = factor(valid);
      tensors.push(typeof by === 'number' ? scalar(by) : by);
    }
    const result = fusedBy(programs, computation, tensors);
    return result && (util.arraysEqual(result.shape, shape) ? result : reshape(result, shape));
  };
  return (args) => tidied(() => run(args) as Tensor);
}

/** Whether no two tensors of a call have the same numbers, so that each is known by them. */
function areDistinct({ args, count, fixed }: Called): boolean {
  const options = Object.values({ ...fixed, ...optionsIn(args, count) });
  const ids = [...args.slice(0, count), ...options].flatMap((one) => (one instanceof Tensor ? [one.dataId] : []));
  return new Set(ids).size === ids.length;
}

/** Where a tensor with the same numbers is found in a call of the kind. */
function sourceOf({ dataId }: Tensor, called: Called): Source | undefined {
  const { args, count } = called;
  const place = args.slice(0, count).findIndex((arg) => arg instanceof Tensor && arg.dataId === dataId);
  if (place >= 0) return (given) => given[place] as Tensor;
  const options: Readonly<Record<string, unknown>> = { ...called.fixed, ...optionsIn(args, count) };
  const name = Object.keys(options).find((key) => {
    const value = options[key];
    return value instanceof Tensor && value.dataId === dataId;
  });
  return name === undefined ? undefined : sourceOfOption(name, called);
}

function sourceOfOption(name: string, { args, count, fixed }: Called): Source | undefined {
  if (optionsIn(args, count)[name] instanceof Tensor) return (given) => optionsIn(given, count)[name] as Tensor;
  const value = (fixed as Readonly<Record<string, unknown>>)[name];
  return value instanceof Tensor ? () => value as Tensor : undefined;
}

/** Whether a number that counts is bad. */
function isAnyBad(tensor: Tensor, isBad: (value: number) => boolean, valid: Tensor | null): boolean {
  const numbers = tensor.dataSync();
  const counts = valid && ofRank(valid, tensor.rank).dataSync();
  if (counts && counts.length !== numbers.length) return true;
  for (let i = 0; i < numbers.length; i++) if (counts?.[i] !== 0 && isBad(numbers[i] as number)) return true;
  return false;
}
