import type { Written } from '../call/adviceSlot.js';
import type { Kind } from '../definition/kinds.js';
import { isOptions } from '../definition/options.js';
import { isRow, isTensor } from '../definition/tensorInput.js';
import { reductionMeant } from './reductions.js';

/** Places of `tf.Reduction` are 0 to 3. */
const isTfReduction = (value: unknown): boolean => typeof value === 'number' && [0, 1, 2, 3].includes(value);

const isData = (value: unknown): boolean => isTensor(value) || isRow(value);

/**
 * The options that are meant by arguments that follow the inputs by place, as those of tf.losses and Keras do: data are
 * weights, a last whole number after others is a reduction of tf.losses, and any other value is the first option of the loss
 * that takes it, or weights if none does. Null where one of them is none of this.
 */
export function optionsInPlaces(
  { definition, fixed }: Written,
  after: readonly unknown[],
): Readonly<Record<string, unknown>> | null {
  const schema = Object.entries(definition.options as Readonly<Record<string, readonly [unknown, Kind<unknown>]>>);
  const found: Record<string, unknown> = {};
  const placed = after.filter((value) => !isOptions(value));
  let reduction: unknown;
  for (const [i, value] of placed.entries()) {
    if (value === undefined || value === null) continue;
    const isLast = i === placed.length - 1;
    const option = schema.find(([name, [, kind]]) => !(name in found) && !kind.along && kind.accepts(value))?.[0];
    if (reduction === undefined && isLast && i > 0 && isTfReduction(value)) reduction = value;
    else if (isData(value) && !('weights' in found)) found['weights'] = value;
    else if (typeof value !== 'object' && option !== undefined) found[option] = value;
    else if (typeof value === 'string' && reduction === undefined) reduction = value;
    else if (typeof value === 'number' && !('weights' in found)) found['weights'] = value;
    else return null;
  }
  Object.assign(found, ...after.filter(isOptions));
  if (reduction === undefined) return found;
  const hasWeights = 'weights' in found || 'weights' in fixed;
  const meant = reductionMeant(reduction, hasWeights);
  return meant && { ...found, reduction: meant };
}
