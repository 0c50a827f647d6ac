import { onesLike, relu, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { embedding } from '../../definition/domain.js';
import { flag, functionOrNull, margin, nonNegative, normDegree } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { fartherBy } from '../../numerics/distances.js';
import { abs, maxWhere, minimum } from '../../numerics/functions.js';
import { cast } from '../../numerics/portable.js';
import { minus } from '../../numerics/scalars.js';
import { returned } from '../common/userFunction.js';
import { add, equal, less, mul, sub } from '../../tfjs/ops.js';

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
    const excess = distance
      ? excessOf(checked(distance), { anchor, positive, negative, swap })
      : p === Infinity
        ? excessOf((u, v) => largest(add(sub(u, v), epsilon)), { anchor, positive, negative, swap })
        : excessOfNorms({ anchor, positive, negative, swap }, p, epsilon);
    return relu(add(excess, margin));
  },
});

interface Triplet {
  readonly anchor: Tensor;
  readonly positive: Tensor;
  readonly negative: Tensor;
  readonly swap: boolean;
}

/** How much farther the positive is than the negative. */
function excessOf(between: Distance, { anchor, positive, negative, swap }: Triplet): Tensor {
  const far = between(anchor, negative);
  return sub(between(anchor, positive), swap ? minimum(far, between(positive, negative)) : far);
}

/** The same of norms, to all digits where distances are almost the same. */
function excessOfNorms({ anchor, positive, negative, swap }: Triplet, p: number, epsilon: number): Tensor {
  const excess = fartherBy(anchor, positive, negative, [epsilon, epsilon], p);
  if (!swap) return excess;
  const down = minus(0, epsilon);
  const swapped = fartherBy(positive, anchor, negative, [down, epsilon], p);
  // Of both the one with the smaller distance of the negative; they share the derivative where these are equal.
  const gap = constant(() => fartherBy(negative, anchor, positive, [down, down], p));
  const share = constant(() => add(mul(0.5, cast(equal(gap, 0), 'float32')), cast(less(gap, 0), 'float32')));
  return add(mul(share, excess), mul(sub(1, share), swapped));
}

/** A distance that has to give one number for each pair of vectors. */
const checked =
  (distance: Distance): Distance =>
  (u, v) =>
    returned('tripletMargin', 'distance', distance(u, v), u.shape.slice(0, -1));

/** The largest |x| over the last axis. */
const largest = (x: Tensor): Tensor =>
  maxWhere(
    abs(x),
    constant(() => cast(onesLike(x), 'bool')),
  );
