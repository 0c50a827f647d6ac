import { customGrad, mul, ones, reshape, type Tensor, util, zeros, zerosLike } from '@tensorflow/tfjs-core';
import type { Prepared } from '../call/call.js';
import { prepare, twice } from '../call/prepare.js';
import { divided, factorsOf, reduce, reducedShape } from '../call/reduce.js';
import { admittedIn, nanWhereUnknown, safeInputs, unreduced, validValues } from '../call/unreduced.js';
import type { Definition } from '../definition/definition.js';
import type { ResolvedCommon } from '../definition/options.js';
import type { BaseOption } from '../definition/sharedOptions.js';
import type { Signature } from '../definition/signature.js';
import type { TensorInput } from '../definition/tensorInput.js';
import { fusedReduced, fusedValues } from '../kernels/fused/loss.js';
import { hasNativeOps } from '../kernels/handwritten/tensorflow.js';

/**
 * From the caller's arguments to the reduced loss: convert and check, make what does not count harmless, apply the
 * formula, reduce. To be called inside `tidy`, so that nothing is left behind when it throws.
 */
export function evaluate<O extends object>(
  definition: Definition<O>,
  signature: Signature,
  args: readonly TensorInput[],
  options: O & ResolvedCommon,
): Tensor {
  const prepared = prepare(definition, signature, args, options);
  const result = reducedLoss(definition, signature, prepared);
  const shape = reducedShape(prepared.shape, options.reduction);
  return util.arraysEqual(result.shape, shape) ? result : reshape(result, shape);
}

function reducedLoss<O extends object>(definition: Definition<O>, signature: Signature, prepared: Prepared<O>): Tensor {
  const { output, weights, isEmpty, options } = prepared;
  const { reduction } = options;
  if (isEmpty) return nothing(prepared.given, reducedShape(output, reduction));
  const { base = Math.E } = options as Partial<BaseOption>;
  const unit = base === Math.E ? 1 : 1 / Math.log(base);
  const inUnit = (nats: Tensor): Tensor => (unit === 1 ? nats : mul(nats, unit));

  const isTotal = reducedShape(output, reduction).length === 0 && reduction !== 'meanOverNonzeroLosses';
  if (definition.total && isTotal) {
    const again = twice(prepared);
    const valid = validValues(again);
    const factors = factorsOf(output, { weights: nanWhereUnknown(again, weights ?? ones(output)), valid });
    const inputs = safeInputs(again, admittedIn(definition, again));
    const { values: total, mass = null } = definition.total(inputs, again.options, factors);
    return divided(inUnit(total), output, { mass, weights, valid, reduction });
  }
  const call = { definition, signature, prepared };
  const native = nativeValues(definition, prepared);
  const reduced = native ? null : fusedReduced(call, unit);
  if (reduced) return reduced;
  const fused = native ?? fusedValues(call);
  const {
    values,
    mass = null,
    valid = null,
  } = fused ? { values: fused, valid: validValues(prepared) } : unreduced(definition, twice(prepared));
  return reduce(inUnit(values), { mass, weights, valid, reduction });
}

/** The values by an op of TensorFlow's own, which takes no label that is none; null where it is not for this call. */
function nativeValues<O extends object>(definition: Definition<O>, prepared: Prepared<O>): Tensor | null {
  const { native } = definition;
  const { inputs, options } = prepared;
  if (!native || !hasNativeOps() || !inputs.every(({ isInRange }) => isInRange)) return null;
  if (!native.suits(inputs.at(-1)?.tensor.size ?? 0, options)) return null;
  return native.values(safeInputs(prepared, admittedIn(definition, prepared)), options);
}

/** The value of an empty batch: zeros, with gradients of zero, so that a training step on it does nothing. */
function nothing(given: readonly Tensor[], shape: number[]): Tensor {
  return customGrad((...args) => {
    const [inputs, save] = [args.slice(0, -1) as Tensor[], args.at(-1) as (tensors: Tensor[]) => void];
    save(inputs);
    return { value: zeros(shape), gradFunc: (_: Tensor, saved: Tensor[]) => saved.map((input) => zerosLike(input)) };
  })(...given);
}
