import type { Tensor } from '@tensorflow/tfjs-core';
import { type Definition, domainsOf, type Unreduced } from '../definition/definition.js';
import { where } from '../numerics/portable.js';
import type { Prepared } from './call.js';
import { admittedPositions, neutralize } from './masking.js';
import { ofRank } from '../numerics/positions.js';

/** The values before weights and reduction, and which of them count. */
export function unreduced<O extends object>(definition: Definition<O>, prepared: Prepared<O>): Unreduced {
  const { values, ownWeight = null, valid } = applied(definition, prepared, admittedIn(definition, prepared));
  return { values: nanWhereUnknown(prepared, values), ownWeight, valid: valid ?? validValues(prepared) };
}

/** Unchecked labels out of range give NaN. */
export function nanWhereUnknown<O>({ inputs, classes }: Prepared<O>, values: Tensor): Tensor {
  const labels = inputs.find(({ isInRange }) => !isInRange);
  const isDoubtful = labels?.domain.inRange && !labels.oneHot && labels.tensor.rank === values.rank;
  return isDoubtful ? where(labels.domain.inRange(labels.tensor, classes), values, NaN) : values;
}

/** The formula on inputs that are harmless wherever a position is not admitted. */
function applied<O extends object>(
  definition: Definition<O>,
  prepared: Prepared<O>,
  admitted: Tensor | null,
): Unreduced {
  const { options, signature } = prepared;
  const inputs = safeInputs(prepared, admitted);
  const name = definition.inputs?.at(-1) ?? 'predictions';
  const valuesOf = (predictions: Tensor): Unreduced => {
    const result = definition.formula({ ...inputs, [name]: predictions }, options, admitted);
    return 'values' in result ? result : { values: result };
  };
  const predictions = inputs[name] as Tensor;
  const domain = domainsOf(definition, options).at(-1);
  const surroundings = { domain, definition, signature, weights: options.weights as Tensor | null };
  return domain?.confine ? domain.confine(predictions, surroundings, valuesOf) : valuesOf(predictions);
}

/** Inputs as a formula takes them, harmless wherever a position is not admitted. */
export function safeInputs<O>(
  { inputs, classes }: Prepared<O>,
  admitted: Tensor | null,
): Readonly<Record<string, Tensor>> {
  const safe = inputs.map(({ name, tensor, domain, isPerPosition, isInRange, oneHot }) => {
    const harmless = isPerPosition ? neutralize(tensor, domain, admitted) : tensor;
    return [name, oneHot ? oneHot(harmless, classes, isInRange) : harmless];
  });
  return Object.fromEntries(safe) as Record<string, Tensor>;
}

/** Of the positions that count, those that may enter the formula. */
export function admittedIn<O extends object>(definition: Definition<O>, prepared: Prepared<O>): Tensor | null {
  const { inputs, valid, weights, isLeading, mayWeighNothing } = prepared;
  // What a mask has taken out spoils nothing.
  return weights && isLeading && mayWeighNothing
    ? admittedPositions(
        valid,
        weights,
        inputs.flatMap((input) => (input.isPerPosition ? neutralize(input.tensor, input.domain, valid) : [])),
        (admitted) => applied(definition, prepared, admitted).values,
      )
    : valid;
}

/** Which values count, where the mask and ignored labels decide it: those made of any position that does. */
export function validValues<O>({ valid, isLeading, output }: Prepared<O>): Tensor | null {
  return valid && isLeading ? ofRank(valid, output.length) : null;
}
