import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { halfDifference } from '../../numerics/difference.js';
import { huberOfHalf } from '../../numerics/huber.js';

export interface HuberOptions {
  /** The error δ, in the units of the labels, at which the loss turns from quadratic to linear. Default 1. */
  readonly delta: number;
}

/**
 * Huber loss: quadratic for small errors e = |prediction − label|, linear for large ones:
 * ½e² if e ≤ δ, else δ·(e − ½δ).
 *
 * Shapes `(...),(...)->(...)`. In the squared units of the labels.
 *
 * @throws if the shapes differ, `delta` is not positive or an option is unknown.
 * @see Huber (1964), doi:10.1214/aoms/1177703732; Keras `Huber`, PyTorch `huber_loss`, optax `huber_loss`.
 * @example huber([0, 0], [0.5, 2]) // [0.125, 1.5]
 * @function
 */
export const huber: Loss<HuberOptions> = /* @__PURE__ */ defineLoss<HuberOptions>({
  name: 'huber',
  keras: { className: 'Huber', name: 'huber_loss', options: { delta: 'delta' } },
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: { delta: [1, positive] },
  formula: ({ labels, predictions }, { delta }) => huberOfHalf(halfDifference(predictions, labels), delta),
});
