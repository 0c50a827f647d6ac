import type { Tensor } from '@tensorflow/tfjs-core';
import type { Call } from '../call/call.js';
import { kernels } from '../call/kernelSlots.js';
import { prepare, differentiableTwice } from '../call/prepare.js';
import { type Outcome, reduce, reducedShape, scaled } from '../call/reduce.js';
import { unreduced } from '../call/unreduced.js';
import type { Definition } from '../definition/definition.js';
import type { Kind } from '../definition/kinds.js';
import type { ResolvedCommon } from '../definition/options.js';
import type { BaseOption } from '../definition/sharedOptions.js';
import type { Signature } from '../definition/signature.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { dependingOn } from '../numerics/autodiff.js';
import { reshape, util, zeros } from '../tfjs/ops.js';

/**
 * From the caller's arguments to the reduced loss: convert and check, make what does not count harmless, apply a
 * shortcut, a kernel or the formula, reduce. To be called inside `tidy`, so that nothing is left behind when it throws.
 */
export function evaluate<O extends object>(
  definition: Definition<O>,
  signature: Signature,
  args: readonly TensorInput[],
  options: O & ResolvedCommon,
): Tensor {
  const call = { definition, signature, prepared: prepare(definition, signature, args, options) };
  const { weights, shape: whole } = call.prepared;
  const result = reduce(outcomeOf(call), { ...definition, ...options, weights });
  const shape = reducedShape(whole, options.reduction);
  return util.arraysEqual(result.shape, shape) ? result : reshape(result, shape);
}

/** What the first way gives that has an answer. */
export function outcomeOf<O extends object>(call: Call<O>): Outcome {
  const unit = unitOf(call);
  return empty(call) ?? inUnit(shortcut(call), unit) ?? kernels.loss?.(call, unit) ?? scaled(formula(call), unit);
}

/** What the formula gives, which knows how much each value counts by itself; kernels of values do not tell that. */
export const formulaOutcomeOf = <O extends object>(call: Call<O>): Outcome =>
  empty(call) ?? scaled(formula(call), unitOf(call));

/** How many units are one nat: 1, or for logarithms to base b 1 ÷ ln b. */
function unitOf<O extends object>({ definition, prepared }: Call<O>): number {
  const { base } = definition.options as { readonly base?: readonly [unknown, Kind<unknown>] };
  return base?.[1].unit?.((prepared.options as unknown as BaseOption).base) ?? 1;
}

const inUnit = (outcome: Outcome | null, unit: number): Outcome | null => outcome && scaled(outcome, unit);

/** An empty batch gives zeros, with gradients of zero, so that a training step on it does nothing. */
function empty<O extends object>({ prepared }: Call<O>): Outcome | null {
  const { given, isEmpty, output, options } = prepared;
  if (!isEmpty) return null;
  const total = given.reduce<Tensor>(dependingOn, zeros(reducedShape(output, options.reduction)));
  return { total, divisor: 1 };
}

/** What the loss's own shortcut gives, if it has one for this call. */
const shortcut = <O extends object>(call: Call<O>): Outcome | null =>
  (call.definition.shortcut as ((call: Call<O>) => Outcome | null) | undefined)?.(call) ?? null;

const formula = <O extends object>({ definition, prepared }: Call<O>): Outcome =>
  unreduced(definition, differentiableTwice(prepared));
