import { onesLike, relu, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { embedding } from '../../definition/domain.js';
import { flag, functionOrNull, margin, nonNegative, normDegree } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { abs, maxWhere, minimum, power } from '../../numerics/functions.js';
import { cast, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { returned } from '../common/userFunction.js';
import { add, div, equal, max, mul, square, sub } from '../../tfjs/ops.js';

/** The distance of vectors along the last axis of two tensors. */
export type Distance = (a: Tensor, b: Tensor) => Tensor;

export interface TripletMarginOptions {
  /** By how much the negative is to be farther away than the positive. Default 1. */
  readonly margin: number;
  /** The degree p of the norm: from 1 to 1000, or Infinity. Default 2. */
  readonly p: number;
  /** Added to each difference. Default 1e-6. */
  readonly epsilon: number;
  /** The negative is to be that far from the positive too: the smaller of both distances counts. Default false. */
  readonly swap: boolean;
  /** The distance, in place of the norm of the difference. Default null. */
  readonly distance: Distance | null;
}

type Inputs = readonly [anchor: TensorInput, positive: TensorInput, negative: TensorInput];

/**
 * Triplet loss: max(0, d(a, b) − d(a, n) + m) of an anchor a, a positive b, which belongs to it, and a negative n, which
 * does not, with the distance d(u, v) = ‖u − v + ε‖_p.
 *
 * Shapes `(...,D),(...,D),(...,D)->(...)`. In the units of the distance. The derivative of a distance of 0 is 0.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Balntas et al. (2016), doi:10.5244/C.30.119; Schroff et al. (2015), doi:10.1109/CVPR.2015.7298682; PyTorch
 * `triplet_margin_loss` and `triplet_margin_with_distance_loss`, optax `triplet_margin_loss`.
 * @example tripletMargin([[0, 0]], [[3, 4]], [[0, 5.5]], { epsilon: 1e-12 }) // [0.5]
 * @function
 */
export const tripletMargin: Loss<TripletMarginOptions, Inputs> = /* @__PURE__ */ defineLoss<
  TripletMarginOptions,
  'anchor' | 'positive' | 'negative',
  Inputs
>({
  name: 'tripletMargin',
  aliases: { tripletMarginWithDistance: {} },
  signature: '(...,D),(...,D),(...,D)->(...)',
  inputs: ['anchor', 'positive', 'negative'],
  domains: [embedding, embedding, embedding],
  options: {
    margin: [1, margin],
    p: [2, normDegree],
    epsilon: [1e-6, nonNegative],
    swap: [false, flag],
    distance: [null, /* @__PURE__ */ functionOrNull<Distance>()],
  },
  formula: ({ anchor, positive, negative }, { margin, p, epsilon, swap, distance }) => {
    const between = distance ? checked(distance) : (u: Tensor, v: Tensor): Tensor => norm(add(sub(u, v), epsilon), p);
    const near = between(anchor, positive);
    const far = between(anchor, negative);
    return relu(add(sub(near, swap ? minimum(far, between(positive, negative)) : far), margin));
  },
});

/** A distance that has to give one number for each pair of vectors. */
const checked =
  (distance: Distance): Distance =>
  (u, v) =>
    returned('tripletMargin', 'distance', distance(u, v), u.shape.slice(0, -1));

/** ‖x‖_p over the last axis, without overflow; its derivative at 0 is 0. */
function norm(x: Tensor, p: number): Tensor {
  if (p === Infinity) {
    return maxWhere(
      abs(x),
      constant(() => cast(onesLike(x), 'bool')),
    );
  }
  // It cancels, and so needs no derivative itself.
  const scale = constant(() => {
    const largest = max(abs(x), -1, true);
    return where(equal(largest, 0), 1, largest);
  });
  const scaled = div(x, scale);
  const powers = p === 2 ? square(scaled) : power(abs(scaled), p);
  return mul(squeeze(scale, [-1]), power(sum(powers, -1), 1 / p));
}
