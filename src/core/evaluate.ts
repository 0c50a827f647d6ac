import { cast, customGrad, mul, ones, where, zeros, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import { prepare, type Prepared } from './arguments.js';
import { isClass } from './classes.js';
import type { Definition } from './define.js';
import { isOnHost } from './inputs.js';
import { admittedPositions, inRange, neutralize, ofRank } from './masking.js';
import type { ResolvedCommon, TensorInput } from './options.js';
import { divided, factorsOf, reduce, reducedShape, type Unreduced } from './reduce.js';
import type { BaseOption } from './sharedOptions.js';
import type { Signature } from './signature.js';

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
  const { reduction } = options;
  const prepared = prepare(definition, signature, args, options);
  const { output, weights, isEmpty } = prepared;
  if (isEmpty) return nothing(prepared.given, reducedShape(output, reduction));
  const { base = Math.E } = options as Partial<BaseOption>;
  const inUnit = (nats: Tensor): Tensor => (base === Math.E ? nats : mul(nats, 1 / Math.log(base)));

  const isTotal = reducedShape(output, reduction).length === 0 && reduction !== 'meanOverNonzeroLosses';
  if (definition.total && isTotal) {
    const admitted = admittedIn(definition, prepared);
    const valid = validValues(prepared);
    const factors = factorsOf(output, { weights: nanWhereUnknown(prepared, weights ?? ones(output)), valid });
    const { values: total, mass = null } = definition.total(safeInputs(prepared, admitted), prepared.options, factors);
    return divided(inUnit(total), output, { mass, weights, valid, reduction });
  }
  const { values, mass = null, valid = null } = unreduced(definition, prepared);
  return reduce(inUnit(values), { mass, weights, valid, reduction });
}

/** The values before weights and reduction, and which of them count. */
export function unreduced<O extends object>(definition: Definition<O>, prepared: Prepared<O>): Unreduced {
  const { values, mass = null, valid } = applied(definition, prepared, admittedIn(definition, prepared));
  return { values: nanWhereUnknown(prepared, values), mass, valid: valid ?? validValues(prepared) };
}

/** NaN where a class index that nobody has looked at is none. */
function nanWhereUnknown<O>({ inputs, classes, isSparse }: Prepared<O>, values: Tensor): Tensor {
  const labels = inputs.find(({ isInRange }) => !isInRange);
  const isDoubtful = labels?.domain === 'classIndex' && !isSparse && labels.tensor.rank === values.rank;
  return isDoubtful ? where(inRange(labels.tensor, classes), values, NaN) : values;
}

/** The formula on inputs that are harmless wherever a position is not admitted. */
function applied<O extends object>(
  definition: Definition<O>,
  prepared: Prepared<O>,
  admitted: Tensor | null,
): Unreduced {
  const result = definition.formula(safeInputs(prepared, admitted), prepared.options, admitted);
  return 'values' in result ? result : { values: result };
}

function safeInputs<O>(
  { inputs, classes, isSparse }: Prepared<O>,
  admitted: Tensor | null,
): Readonly<Record<string, Tensor>> {
  const safe = inputs.map(({ name, tensor, domain, isPerPosition, isInRange }, i) => {
    const harmless = isPerPosition ? neutralize(tensor, domain, admitted) : tensor;
    return [name, isSparse && i === 0 ? oneHot(harmless, classes, isInRange) : harmless];
  });
  return Object.fromEntries(safe) as Record<string, Tensor>;
}

/** One number per class; NaN for a label that is not known to be a class and is none. */
function oneHot(labels: Tensor, classes: number, isInRangeAll: boolean): Tensor {
  const atClass = cast(isClass(labels, classes), 'float32');
  return isInRangeAll ? atClass : where(ofRank(inRange(labels, classes), atClass.rank), atClass, NaN);
}

/** Of the positions that count, those that may enter the formula. */
function admittedIn<O extends object>(definition: Definition<O>, prepared: Prepared<O>): Tensor | null {
  const { inputs, valid, weights, isLeading } = prepared;
  if (!weights || !isLeading || !mayHoldZero(weights)) return valid;
  const tensors = inputs.filter(({ isPerPosition }) => isPerPosition).map(({ tensor }) => tensor);
  return admittedPositions(valid, weights, tensors, (admitted) => applied(definition, prepared, admitted).values);
}

/** Which values count, where the mask and ignored labels decide it: those made of any position that does. */
function validValues<O>({ valid, isLeading, output }: Prepared<O>): Tensor | null {
  return valid && isLeading ? ofRank(valid, output.length) : null;
}

/** Whether a weight may be 0: where that cannot be seen for free, it may. */
const mayHoldZero = (weights: Tensor): boolean => !isOnHost() || weights.dataSync().includes(0);

/** The value of an empty batch: zeros, with gradients of zero, so that a training step on it does nothing. */
function nothing(given: readonly Tensor[], shape: number[]): Tensor {
  return customGrad((...args) => {
    const [inputs, save] = [args.slice(0, -1) as Tensor[], args.at(-1) as (tensors: Tensor[]) => void];
    save(inputs);
    return { value: zeros(shape), gradFunc: (_: Tensor, saved: Tensor[]) => saved.map((input) => zerosLike(input)) };
  })(...given);
}
