import { type Tensor, unstack } from '@tensorflow/tfjs-core';
import type { Call } from '../../../call/call.js';
import { type ClassTerms, kernels } from '../../../call/kernelSlots.js';
import { validValues } from '../../../call/unreduced.js';
import { drawnBack } from '../../../definition/confine.js';
import type { Definition, Unreduced } from '../../../definition/definition.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { opKernels } from '../../../numerics/opKernels.js';
import { mul, reshape } from '../../../tfjs/ops.js';
import { chosenClasses, countedEntries, overAxes, sumOver, type SummedAxes } from './segmentation.js';

/** A loss of sums over positions, class by class. */
interface OfSums<O extends SummedOptions> extends ClassTerms<O> {
  readonly name: string;
  /** Of sums over positions, in which the class axis is left: of terms of positions, with size 1 or zeros beside the first class. */
  readonly loss: (sums: Sums, options: O & WithWeights, facts: Facts) => Tensor | Unreduced;
}

export interface SummedOptions {
  readonly axis: SummedAxes;
  readonly classes?: readonly number[] | null;
}

/** The sums of all terms. */
export interface Sums {
  readonly each: () => readonly Tensor[];
  /** Along a last axis, one after another, where they come from a kernel. */
  readonly stacked: Tensor | null;
}

interface WithWeights {
  readonly weights: TensorInput | null;
}

/** What else a loss of sums may want to know. */
export interface Facts {
  /** The axes that are to be summed; and those of them that have been. */
  readonly over: number[];
  readonly ofPositions: number[];
  /** True at the chosen ones of the classes. Null: all. */
  readonly chosen: Tensor | null;
  /** Which entries count. Null: all. */
  readonly counted: () => Tensor | null;
}

/** The pull of entries that positions have in common, as long as there are several: their mean. */
function ofEntry(pull: Tensor, { shape }: Tensor, { ofPositions }: Facts): Tensor {
  const count = ofPositions.reduce((product, axis) => product * (shape[axis] as number), 1);
  const kept = shape.map((size, axis) => (ofPositions.includes(axis) ? 1 : size));
  return mul(reshape(pull, kept), 1 / count);
}

/** The formula of a loss of sums, and the shortcut by which a kernel makes the sums. */
/* @__NO_SIDE_EFFECTS__ */
export function ofSums<O extends SummedOptions>({
  name,
  loss,
  ...terms
}: OfSums<O>): Pick<Definition<O>, 'formula' | 'shortcut'> {
  const factsOf = (options: O & WithWeights, { shape, rank }: Tensor, valid: Tensor | null): Facts => {
    const over = overAxes(options.axis, rank);
    const chosen = chosenClasses(name, options.classes ?? null, shape.at(-1) ?? 1);
    const counted = (): Tensor | null => countedEntries(valid, options.weights as Tensor | null, chosen, rank);
    return { over, ofPositions: over.filter((axis) => axis < rank - 1), chosen, counted };
  };
  const formula: Definition<O>['formula'] = (inputs, options, valid) => {
    const facts = factsOf(options, inputs.predictions as Tensor, valid);
    const parts = terms.terms(inputs, options, valid, facts.chosen);
    const sums = parts.map((part) => sumOver(part, facts.ofPositions));
    return loss({ each: () => sums, stacked: null }, options, facts);
  };
  const byKernel = (call: Call<O>): Unreduced | null => {
    const { inputs, options, valid, mayWeighNothing } = call.prepared;
    const predictions = inputs.at(-1)?.tensor as Tensor;
    const facts = factsOf(options, predictions, valid);
    const kernel = kernels.classSums?.(call, terms, facts.ofPositions, facts.chosen);
    if (!kernel) return null;
    const { sums: stacked, pull } = kernel;
    const found = loss({ each: () => unstack(stacked, -1), stacked }, options, facts);
    const own: Unreduced = 'values' in found ? found : { values: found };
    const outcome = pull
      ? { ...own, values: drawnBack(own.values, ofEntry(pull, predictions, facts), call.signature) }
      : own;
    // What is spoilt may weigh nothing: the formula leaves it out.
    if (mayWeighNothing && Number.isNaN(opKernels.zeros?.(outcome.values) ?? NaN)) return null;
    return { ...outcome, valid: outcome.valid ?? validValues(call.prepared) };
  };
  return { formula, shortcut: byKernel };
}
