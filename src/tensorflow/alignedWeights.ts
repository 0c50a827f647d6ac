import { advisedAs } from '../call/adviceSlot.js';
import { toArgument } from '../call/argument.js';
import { shapeOf } from '../definition/entries.js';
import { show } from '../definition/fail.js';
import { type TensorInput } from '../definition/tensorInput.js';
import { reshape } from '../tfjs/ops.js';

/** Functions of whose weights it has been said that they fit two ways. */
const told = new Set<string>();

/**
 * Weights of `tf.losses` as losses here take them: aligned with the leading axes of the values where they fit there, and else
 * with the last ones, as tfjs broadcasts.
 */
export function alignedWeights(
  who: string,
  weights: TensorInput | null | undefined,
  shape: readonly number[],
): { readonly weights: TensorInput | null } {
  if (weights === null || weights === undefined || typeof weights === 'number') return { weights: weights ?? null };
  const own = shapeOf(weights);
  const missing = shape.length - own.length;
  const fits = (first: number): boolean => own.every((size, i) => size === 1 || size === shape[first + i]);
  if (missing <= 0 || own.every((size) => size === 1) || !fits(missing)) return { weights };
  if (!fits(0)) {
    const { tensor } = advisedAs(who, () => toArgument(who, 'weights', weights));
    return { weights: reshape(tensor, [...Array<number>(missing).fill(1), ...own]) };
  }
  if (!told.has(who)) {
    told.add(who);
    console.warn(
      `losses.${who}: weights of shape ${show(own)} fit the first and the last axes of ${show(shape)}, and are those of the ` +
        `first; tf.losses takes the last. Give them ${show(shape)}, with 1 where they are the same. This is said once.`,
    );
  }
  return { weights };
}
