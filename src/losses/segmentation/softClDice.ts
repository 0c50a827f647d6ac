import type { Tensor } from '@tensorflow/tfjs-core';
import type { PlacesFormula } from '../../call/kernelSlots.js';
import type { Loss } from '../../definition/definition.js';
import { probability } from '../../definition/domain.js';
import { nonNegative, nonNegativeInteger, positive } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { representable } from '../../numerics/portable.js';
import { mean, sum } from '../../numerics/sum.js';
import { add, mul, sub } from '../../tfjs/ops.js';
import { lackOf, shareOf } from './common/lack.js';
import { atPlaces, overAxes } from './common/segmentation.js';
import { skeletonOf } from './common/skeleton.js';

export interface SoftClDiceOptions {
  /** How often masks are eroded while their skeletons are made: half the width of the widest tube. Default 3. */
  readonly iterations: number;
  /** Added to both parts of both shares, so that two empty masks overlap fully. Default 1. */
  readonly smooth: number;
  /** Lower bound of what is divided by. Default 1e-7. */
  readonly epsilon: number;
}

/**
 * Soft centreline Dice loss of tubes, such as vessels or roads: 1 − 2·P·R ÷ (P + R), with the share
 * P = (Σ S(p)·y + s) ÷ (Σ S(p) + s) of the skeleton of predictions p that lies in the labels y, the share
 * R = (Σ S(y)·p + s) ÷ (Σ S(y) + s) of the skeleton of the labels that lies in the predictions, and s = `smooth`; of each
 * class, and the mean over the classes. Whether tubes are connected counts, and not how wide they are.
 *
 * Shapes `(B,H,W,C),(B,H,W,C)->(B)`, or with an axis of depth `(B,Z,H,W,C),(B,Z,H,W,C)->(B)`, channels last. Without
 * unit, from 0 to 1.
 *
 * Skeletons are soft: of erosions, the least of a pixel and its neighbours, and dilations, the largest around it. Both
 * labels and predictions are probabilities.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Shit et al. (2021), doi:10.1109/CVPR46437.2021.01629; MONAI `SoftclDiceLoss`, which takes all classes together, and
 * adds 1e-4 to P + R.
 * @example softClDice([[[[0], [1], [0]]]], [[[[0], [0.5], [0]]]]) // [0.1429]
 * @function
 */
export const softClDice: Loss<SoftClDiceOptions> = /* @__PURE__ */ defineLoss<SoftClDiceOptions>({
  name: 'softClDice',
  aliases: { clDice: {} },
  signature: (_, rank) => (rank === 5 ? '(B,Z,H,W,C),(B,Z,H,W,C)->(B)' : '(B,H,W,C),(B,H,W,C)->(B)'),
  domains: [probability, probability],
  options: {
    iterations: [3, nonNegativeInteger],
    smooth: [1, nonNegative],
    epsilon: [1e-7, positive],
  },
  formula: ({ labels, predictions }, { iterations, smooth, ...options }) => {
    const epsilon = representable(options.epsilon);
    const over = overAxes('example', labels.rank);
    /** Of a skeleton, what lies in masks and what does not. */
    const parts = (skeleton: Tensor, masks: Tensor): [inside: Tensor, outside: Tensor] => [
      add(sum(atPlaces(product, [skeleton, masks]), over), smooth),
      sum(atPlaces(productWithRest, [skeleton, masks]), over),
    ];
    const precision = parts(skeletonOf(predictions, iterations), labels);
    const recall = parts(skeletonOf(labels, iterations), predictions);
    return mean(lackOfBoth(precision, recall, epsilon), -1);
  },
});

const product: PlacesFormula = {
  compute: (skeleton, masks) => mul(skeleton, masks),
  isElementwise: true,
};

const productWithRest: PlacesFormula = {
  compute: (skeleton, masks) => mul(skeleton, sub(1, masks)),
  isElementwise: true,
};

type Parts = readonly [hits: Tensor, errors: Tensor];

/** One minus the harmonic mean of two shares, with all digits of the errors. */
function lackOfBoth(first: Parts, second: Parts, epsilon: number): Tensor {
  const [p, r] = [first, second].map((parts) => shareOf(...parts, epsilon)) as [Tensor, Tensor];
  const [lackP, lackR] = [first, second].map((parts) => lackOf(...parts, epsilon)) as [Tensor, Tensor];
  return lackOf(mul(2, mul(p, r)), add(mul(p, lackR), mul(r, lackP)), epsilon);
}
