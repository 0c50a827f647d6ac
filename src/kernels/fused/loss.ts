import { cast, clone, mul, notEqual, onesLike, reshape, scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Call, Prepared } from '../../call/call.js';
import {
  divisorOf,
  onlyValid,
  type Outcome,
  reducedShape,
  scaled,
  type Total,
  type Weighting,
} from '../../call/reduce.js';
import { safeInputs, unreduced, validValues } from '../../call/unreduced.js';
import { type Definition, trainedAmong, type Unreduced } from '../../definition/definition.js';
import type { Kind } from '../../definition/kinds.js';
import { constant } from '../../numerics/autodiff.js';
import { isOnHost } from '../../numerics/host.js';
import { quotient } from '../../numerics/quotient.js';
import { stretch, sum, times } from '../../numerics/sum.js';
import { areKernelsOn } from '../backends/index.js';
import type { Extent } from '../program/program.js';
import { Untraceable } from '../trace/trace.js';
import { shaped } from '../tfjs/differentiable.js';
import { watching } from '../tfjs/watch.js';
import { noteRun } from './recording.js';
import { annealed, type Changing } from './annealing.js';
import { fused, isTraceable, type TableComputation } from './run.js';
import { callOn, isOfEntries, type Table, tableOf } from './table.js';

/** The losses of a call by kernels, `unit` times. Null where there is none: then the formula is to run. */
export function fusedLoss<O extends object>(given: Call<O>, unit: number): Outcome | null {
  if (!areKernelsOn()) return null;
  const call = settled(given);
  const { definition, prepared } = call;
  const names = Object.keys(definition.options);
  return annealed(definition, names, prepared.options, (changing) => outcomeOf(call, unit, changing));
}

/** The call with numbers in the place of options by which its formula would look at all labels at once. */
function settled<O extends object>(call: Call<O>): Call<O> {
  const { definition, prepared } = call;
  const { options, valid, weights, mayWeighNothing } = prepared;
  const kinds = Object.entries<readonly [unknown, Kind<unknown>]>(definition.options);
  const looking = kinds.filter(([, [, kind]]) => kind.settled);
  // Where a weight may be 0, the formula itself decides which inputs it looks at.
  if (looking.length === 0 || (weights && mayWeighNothing)) return call;
  const ofLabels = { ...prepared, inputs: prepared.inputs.slice(0, 1) };
  const labels = (): Tensor => Object.values(safeInputs(ofLabels, valid))[0] as Tensor;
  const numbers = Object.fromEntries(
    looking.map(([name, [, kind]]) => {
      const value: unknown = options[name as keyof typeof options];
      return [name, kind.settled?.(value, labels) ?? value];
    }),
  );
  return { ...call, prepared: { ...prepared, options: { ...options, ...numbers } } };
}

/** @param changing options that are inputs of the kernel. */
function outcomeOf<O extends object>(call: Call<O>, unit: number, changing: Changing): Outcome | null {
  const total = fusedTotal(call, unit, changing);
  if (total) return total;
  const outcome = fusedValues(call, changing);
  return outcome && scaled(outcome, unit);
}

/**
 * Values before weights and reduction, and which of them count; null also where each counts by itself, which `fusedTotal` is for
 * if a mask removes no entries.
 */
function fusedValues<O extends object>(
  { definition, signature, prepared }: Call<O>,
  changing: Changing,
): Unreduced | null {
  const isWeighted = prepared.options.reduction === 'weightedMean';
  if (isWeighted && !isOfEntries(signature)) return null;
  // Weights come after the values, except that they may keep a position from being looked at, which has no derivative.
  const { weights, mayWeighNothing } = prepared;
  const looked = { ...prepared, weights: weights && mayWeighNothing ? constant(() => clone(weights)) : null };
  const table = tableOf(definition, signature, looked, { keptAxes: 0, changing });
  if (!table) return null;
  const { slots, ...layout } = table;
  const tensors = slots.map(({ tensor }) => tensor);
  const computeOn = (call: Prepared<O>, what: Part) => (given: readonly Tensor[]) =>
    part(definition, callOn(layout, call, given), what);
  const computationOf = (what: Part): TableComputation => ({
    owner: definition,
    name: what,
    table,
    inputs: table.slots,
    extent: table.isElementwise ? 'places' : 'rows',
    trained: null,
    isPart: what !== 'values',
    compute: computeOn(looked, what),
    forgetful: () => computeOn(forgotten(looked), what),
    predictions: trainedIn(looked),
  });
  const partOf = (what: Part): Tensor | null => {
    const computation = computationOf(what);
    const found = fused(computation, tensors);
    const result = found && shaped(found, prepared.output);
    if (result) noteRun({ prepared, computation, tensors, result });
    return result;
  };
  if (isWeighted && !isTraceable(computationOf('mass'))) return null;
  const values = partOf('values');
  if (!values || !isOfEntries(signature)) return values && { values, valid: validValues(prepared) };
  const valid = constant(() => partOf('valid') ?? onesLike(values));
  return { values, ownWeight: isWeighted ? partOf('mass') : null, valid: constant(() => notEqual(valid, 0)) };
}

/** The total of the losses, `unit` times; null also for reductions that look at the values. */
function fusedTotal<O extends object>(
  { definition, signature, prepared }: Call<O>,
  unit: number,
  changing: Changing,
): Total | null {
  const { output, weights, valid, options } = prepared;
  const { reduction } = options;
  const kept = reducedShape(output, reduction);
  if (reduction === 'none' || reduction === 'meanOverNonzeroLosses') return null;
  if (isOfEntries(signature)) return null;
  // One value per example already.
  if (kept.length === output.length && kept.length > 0) return null;
  const table = tableOf(definition, signature, prepared, { keptAxes: kept.length, changing });
  if (!table || (kept.length > 0 && (!table.isElementwise || table.rows !== kept[0]))) return null;

  const call = { definition, call: prepared, table, extent: kept.length > 0 ? 'rows' : 'total' } as const;
  const tensors = table.slots.map(({ tensor }) => tensor);
  const sumBy = (computation: TableComputation, scale: number | Tensor): Tensor | null => {
    const by = typeof scale === 'number' ? scalar(scale) : reshape(scale, []);
    return fused(computation, [...tensors, by]);
  };

  const weighting = { weights, valid, reduction };
  const ownWeight = reduction === 'weightedMean' ? sumOf(call, 'ownWeight', false) : null;
  if (ownWeight && isTraceable(ownWeight)) {
    const total = sumBy(sumOf(call, 'values', false), unit);
    const mass = total && sumBy(ownWeight, 1);
    return mass && { total, divisor: mass };
  }
  // Where what is divided by is a constant, the kernel divides: then its derivative is the final one.
  if ((reduction === 'weightedMean' && weights) || (kept.length > 0 && valid)) {
    const total = sumBy(sumOf(call, 'values', false), unit);
    return total && { total, divisor: divisorOf(output, weighting) };
  }
  const factor = factorOf(unit, output, weighting);
  const computation = sumOf(call, 'values', true);
  const total = sumBy(computation, factor(valid));
  if (total && !areCounted(weighting)) noteRun({ prepared, computation, tensors, factor, result: total });
  return total && { total, divisor: 1 };
}

/** Whether weights decide what a total is divided by. */
const areCounted = ({ weights, reduction }: Weighting): boolean =>
  weights !== null && reduction === 'meanOverNonzeroWeights';

/** What a total is multiplied by, by the positions that count. It may be kept, and keeps no weights that do not matter. */
function factorOf(unit: number, output: number[], weighting: Weighting): (valid: Tensor | null) => number | Tensor {
  const { reduction } = weighting;
  const weights = areCounted(weighting) ? weighting.weights : null;
  return (valid) => shareOf(unit, divisorOf(output, { weights, valid, reduction }));
}

/** unit ÷ divisor, a single number, and 0 where that is 0. */
function shareOf(unit: number, divisor: number | Tensor): number | Tensor {
  if (typeof divisor === 'number') return unit / divisor;
  if (!isOnHost() || watching() || divisor.size !== 1) return constant(() => quotient(scalar(unit), divisor));
  const [by = 0] = divisor.dataSync();
  return by === 0 ? 0 : unit / by;
}

/** What a formula gives for each position; the mass is the own weight, and 1 where formulas have none. */
type Part = 'values' | 'ownWeight' | 'mass' | 'valid';

interface Summed<O extends object> {
  readonly definition: Definition<O>;
  readonly call: Prepared<O>;
  readonly table: Table;
  readonly extent: Extent;
}

/** The sum of something over the table, or over each row of it, weighted, times one more tensor. */
function sumOf<O extends object>(summed: Summed<O>, what: Part, isFinal: boolean): TableComputation {
  const { definition, call, table, extent } = summed;
  const { slots, ...layout } = table;
  const { isElementwise } = layout;
  const computeOn =
    (one: Prepared<O>) =>
    (given: readonly Tensor[]): Tensor => {
      const position = callOn(layout, one, given.slice(0, -1));
      const found = part(definition, position, what);
      const { weights, valid, output } = position;
      const counted = onlyValid(stretch(found, output), valid);
      const weighted = mul(given.at(-1) as Tensor, weights ? times(counted, weights) : counted);
      return isElementwise ? sum(weighted, -1) : weighted;
    };
  return {
    owner: definition,
    name: `sum of ${what}`,
    table,
    inputs: [...slots, { byRow: false, byColumn: false, isInteger: false, rank: 0 }],
    extent,
    trained: isFinal && extent === 'total' ? trainedIn(call) : null,
    isPart: what === 'ownWeight',
    predictions: trainedIn(call),
    compute: computeOn(call),
    forgetful: () => computeOn(forgotten(call)),
  };
}

const trainedIn = <O>({ inputs }: Prepared<O>): number => trainedAmong(inputs.map(({ domain }) => domain));

function part<O extends object>(definition: Definition<O>, call: Prepared<O>, what: Part): Tensor {
  const { values, ownWeight, valid } = unreduced(definition, call);
  if (!isOfEntries(call.signature) && valid !== call.valid) throw new Untraceable('a formula that decides what counts');
  const parts = { values, ownWeight, mass: ownWeight ?? onesLike(values), valid: valid && cast(valid, 'float32') };
  return parts[what] ?? Untraceable.because(`no ${what}`);
}

/** Placeholder, so that the cache holds no tensor of a user. */
const someTensor = /* @__PURE__ */ Object.create(Tensor.prototype) as Tensor;

/** A call without the numbers that it was given: what is kept for later must not keep those. */
const forgotten = <O extends object>({ inputs, options, valid, weights, ...rest }: Prepared<O>): Prepared<O> => ({
  ...rest,
  given: [],
  inputs: inputs.map((input) => ({ ...input, tensor: someTensor })),
  valid: valid && someTensor,
  weights: weights && someTensor,
  options: {
    ...(Object.fromEntries(
      Object.entries(options).map(([name, value]: [string, unknown]) => [
        name,
        value instanceof Tensor ? someTensor : value,
      ]),
    ) as typeof options),
    mask: null,
    weights: null,
  },
});
