import { mul, sub, sum } from '@tensorflow/tfjs-core';
import { defineLoss, type Loss } from '../../core/define.js';
import { unitVector } from '../../core/numerics.js';
import { axes, positive } from '../../core/kinds.js';

export interface CosineDistanceOptions {
  /** The axis that holds the entries of a vector, or several, which are then taken as one. Default -1. */
  readonly axis: number | readonly number[];
  /** Lower bound of a vector's length, so that a zero vector has distance 1 from all. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Cosine distance: 1 − y·p ÷ (‖y‖·‖p‖), from 0 (same direction) to 2 (opposite).
 *
 * Shapes `(...,D),(...,D)->(...)`. Without unit.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see optax `cosine_distance`; tf.losses `cosineDistance`, which takes vectors to be of length 1 and is wrong
 * for all others.
 * @example cosineDistance([[3, 4]], [[4, 3]]) // [0.04]
 * @function
 */
export const cosineDistance: Loss<CosineDistanceOptions> = /* @__PURE__ */ defineLoss<CosineDistanceOptions>({
  name: 'cosineDistance',
  signature: '(...,D),(...,D)->(...)',
  domains: () => ['real', 'real'],
  options: { axis: [-1, axes], epsilon: [1e-7, positive] },
  formula: ({ labels, predictions }, { epsilon }) =>
    sub(1, sum(mul(unitVector(labels, epsilon), unitVector(predictions, epsilon)), -1)),
});
