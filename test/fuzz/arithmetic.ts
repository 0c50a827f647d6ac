import type { Reduction } from '../../src/definition/options.js';

/** What is known of each value of a loss. */
export interface Values {
  readonly losses: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
  readonly isValid: ArrayLike<boolean>;
  /** What a value counts by itself: the class weight of its label. */
  readonly masses: ArrayLike<number>;
  /** What stands for the sum of the masses where that is 0. */
  readonly massIfNone: number;
}

/** A number, and the sum of the magnitudes that it is made of, which is what its rounding is relative to. */
export interface Approximate {
  readonly value: number;
  readonly scale: number;
}

interface Sums {
  total: number;
  magnitude: number;
  mass: number;
  valid: number;
  weighted: number;
  nonzero: number;
}

/** The table of reductions in float64; `rounding` is the magnitude of what cancels in each value. */
export function reduced(reduction: Reduction, values: Values, batch: number, rounding: number): Approximate[] {
  const count = values.losses.length;
  const results = reduction === 'none' ? count : reduction === 'perExample' ? batch : 1;
  const each = count / results;
  return Array.from({ length: results }, (_, result) => {
    const sums = sumsOf(values, result * each, (result + 1) * each, rounding);
    const divisor = divisorOf(reduction, sums) || (reduction === 'weightedMean' ? values.massIfNone : 0);
    if (divisor === 0) return { value: 0, scale: 0 };
    // A sum that float32 can hardly hold may be infinite.
    const magnitude = sums.magnitude < 1e35 ? sums.magnitude : Infinity;
    return { value: sums.total / divisor, scale: magnitude / Math.abs(divisor) };
  });
}

function sumsOf({ losses, weights, isValid, masses }: Values, from: number, to: number, rounding: number): Sums {
  const sums = { total: 0, magnitude: 0, mass: 0, valid: 0, weighted: 0, nonzero: 0 };
  for (let i = from; i < to; i++) {
    if (!isValid[i]) continue;
    const [loss, weight] = [losses[i] as number, weights[i] as number];
    // A weight of 0 hides whatever the loss is.
    const term = weight === 0 ? 0 : weight * loss;
    sums.total += term;
    sums.magnitude += Math.abs(weight) * (rounding + Math.abs(term === 0 ? 0 : loss));
    sums.mass += weight * (masses[i] as number);
    sums.valid++;
    if (weight !== 0) sums.weighted++;
    if (term !== 0) sums.nonzero++;
  }
  return sums;
}

function divisorOf(reduction: Reduction, { mass, valid, weighted, nonzero }: Sums): number {
  switch (reduction) {
    case 'none':
    case 'sum':
      return 1;
    case 'weightedMean':
      return mass;
    case 'meanOverNonzeroWeights':
      return weighted;
    case 'meanOverNonzeroLosses':
      return nonzero;
    default:
      return valid;
  }
}
