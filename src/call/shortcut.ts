import { ones, type Tensor } from '@tensorflow/tfjs-core';
import type { DividedTotal, Shortcut, ShortcutCall, Unreduced, WeighedTotal } from '../definition/definition.js';
import type { Call } from './call.js';
import { differentiableTwice } from './prepare.js';
import { divided, divisorOf, onlyValid, type Outcome, reducedShape } from './reduce.js';
import { admittedIn, nanWhereUnknown, safeInputs, validValues } from './unreduced.js';
import { stretch } from '../numerics/sum.js';
import { totalInBlocks } from './totalInBlocks.js';

/** The shortcut of a loss, from what it computes of a call. Null where the formula is as good. */
/* @__NO_SIDE_EFFECTS__ */
export function shortcut<O extends object, Name extends string>(
  compute: (call: ShortcutCall<O, Name>) => Unreduced | WeighedTotal | DividedTotal | null,
): Shortcut {
  const run = ({ definition, prepared, measured }: Call<O>): Outcome | null => {
    const { inputs, options, output, weights } = prepared;
    const { reduction } = options;
    const again = differentiableTwice(prepared);
    const valid = validValues(again);
    const admitted = (): Tensor | null => admittedIn(definition, again);
    const wanted = measured ?? reduction;
    const isTotal = reducedShape(output, reduction).length === 0 && reduction !== 'meanOverNonzeroLosses';
    // What is known before the losses divides their factors: then the derivative of the total is the final one.
    const divisor =
      isTotal && !measured && reduction !== 'weightedMean' ? divisorOf(output, { weights, valid, reduction }) : null;
    const found = compute({
      options: again.options,
      inputs: () => safeInputs(again, admitted()),
      areInRange: inputs.every(({ isInRange }) => isInRange),
      valid: admitted,
      isWeighedByExample: weights === null || weights.shape.slice(1).every((size) => size === 1),
      totalOf: wanted === 'none' ? null : (values) => totalInBlocks(values, { weights, reduction: wanted }),
      factors: isTotal
        ? () => {
            const factors = factorsOf(output, { weights: nanWhereUnknown(again, weights ?? ones(output)), valid });
            return divided({ total: factors, divisor: divisor ?? 1 }, { reduction, weights });
          }
        : null,
    });
    if (!found) return null;
    if (!('total' in found)) return { ...found, valid: found.valid ?? valid };
    if ('divisor' in found) return found;
    const { total, ownWeight = null } = found;
    return { total, divisor: divisor === null ? divisorOf(output, { ownWeight, weights, valid, reduction }) : 1 };
  };
  return run;
}

/** The factor of each value in a total: its weight, and 0 where it is not valid. */
const factorsOf = (shape: number[], { weights, valid }: { weights: Tensor; valid: Tensor | null }): Tensor =>
  onlyValid(stretch(weights, shape), valid);
