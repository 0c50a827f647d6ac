import type { Tensor } from '@tensorflow/tfjs-core';
import { rankOf } from '../call/argument.js';
import type { Call, Prepared } from '../call/call.js';
import { admittedPositions } from '../call/masking.js';
import { ofRank } from '../numerics/positions.js';
import { prepare } from '../call/prepare.js';
import { type Total, totalOf } from '../call/reduce.js';
import { admittedIn } from '../call/unreduced.js';
import { definitionOf, type LossFacts, signatureOf } from '../definition/definition.js';
import type { CommonOptions } from '../definition/options.js';
import { isPrefix, namesOf } from '../definition/signature.js';
import { cast } from '../numerics/portable.js';
import { broadcastTo, equal, logicalNot, reshape, scalar, zerosLike } from '../tfjs/ops.js';
import { resolvedOptions } from './define.js';
import { formulaOutcomeOf, outcomeOf } from './evaluate.js';

/** The weights of a batch, and whether they multiply the values, or only take out what weighs 0 and is not finite. */
export interface Measuring {
  readonly weights: Tensor | null;
  readonly isWeighted: boolean;
}

/**
 * A loss of a batch as what its reduction divides and by what, so that those of several batches can be joined. Under weights
 * that multiply, `'mean'` is Σ w·l ÷ Σ w.
 */
export function measure<O extends object>(
  { definition: facts, fixed }: { readonly definition: LossFacts<O>; readonly fixed: object },
  args: readonly Tensor[],
  given: CommonOptions,
  { weights, isWeighted }: Measuring,
): Total {
  const definition = definitionOf({ definition: facts });
  const options = resolvedOptions(definition, fixed, { ...given, ...(weights && isWeighted && { weights }) });
  const { reduction } = options;
  const signature = signatureOf(definition, options, rankOf(args.at(-1)));
  const prepared = prepare(definition, signature, args, { ...options, reduction: 'none' });
  const call = { definition, signature, prepared };
  const used = weights && !isWeighted ? withoutSpoilt(call, weights) : prepared;
  if (used.isEmpty) return { total: scalar(0), divisor: 0 };
  const isMeanOfWeights = isWeighted && reduction === 'mean' && used.weights !== null;
  const measured = isMeanOfWeights ? 'weightedMean' : reduction;
  const outcome = (reduction === 'weightedMean' ? formulaOutcomeOf : outcomeOf)({ ...call, prepared: used, measured });
  if ('total' in outcome) return outcome;
  return isMeanOfWeights
    ? totalOf({ ...outcome, ownWeight: null }, { weights: used.weights, reduction: 'weightedMean' })
    : totalOf(outcome, { weights: used.weights, reduction });
}

/** The call without positions that weigh 0 and whose inputs or loss are not finite. */
function withoutSpoilt<O extends object>({ definition, signature, prepared }: Call<O>, weights: Tensor): Prepared<O> {
  const { shape, output, inputs, valid, isEmpty } = prepared;
  if (isEmpty) return prepared;
  const areOfEntries = weights.rank > output.length && isMadeOfEntries(signature);
  const [labels] = inputs;
  if (areOfEntries && labels && fits(weights.shape, labels.tensor.shape)) {
    const tensors = inputs.map(({ tensor }) => tensor);
    return { ...prepared, valid: admittedPositions(valid, weights, tensors, () => zerosLike(weights)) };
  }
  const ofValues = weighing(weights, shape);
  if (!ofValues) return prepared;
  // The axes that the formula has joined.
  const joined = shape.length === output.length ? ofValues : reshape(broadcastTo(ofValues, shape), output);
  return { ...prepared, valid: admittedIn(definition, { ...prepared, weights: joined, mayWeighNothing: true }) };
}

/** Whether one value is made of many entries, each of which a mask may remove. */
const isMadeOfEntries = ({ output, positions }: Call<object>['signature']): boolean =>
  isPrefix(output, positions) && namesOf(positions).length > namesOf(output).length;

/** Whether weights of this shape align with the leading axes of another. */
export const fits = (own: readonly number[], shape: readonly number[]): boolean =>
  own.length <= shape.length && own.every((size, i) => size === 1 || size === shape[i]);

/** 0 for each value all of whose weights are 0, and 1 for the others; null if the weights are those of other values. */
export function weighing(weights: Tensor, shape: readonly number[]): Tensor | null {
  const any = ofRank(logicalNot(equal(weights, 0)), shape.length);
  return fits(any.shape, shape) ? cast(any, 'float32') : null;
}
