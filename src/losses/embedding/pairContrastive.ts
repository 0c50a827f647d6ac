import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { nonNegative, probability } from '../../definition/domain.js';
import { margin } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { add, mul, sub } from '../../tfjs/ops.js';

export interface PairContrastiveOptions {
  /** The distance m that vectors which do not belong together are to have, in the units of the distances. Default 1. */
  readonly margin: number;
}

type Inputs = readonly [labels: TensorInput, distances: TensorInput];

/**
 * Contrastive loss of the distance d of two vectors: y·d² + (1 − y)·max(0, m − d)², with a label y of 1 for a pair that
 * belongs together and 0 for one that does not; linear in y between them.
 *
 * Shapes `(...),(...)->(...)`. In the units of the distances squared.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Hadsell et al. (2006), doi:10.1109/CVPR.2006.100; TensorFlow Addons `contrastive_loss`.
 * @example pairContrastive([1, 0, 0], [0.5, 0.75, 2]) // [0.25, 0.0625, 0]
 * @function
 */
export const pairContrastive: Loss<PairContrastiveOptions, Inputs> = /* @__PURE__ */ defineLoss<
  PairContrastiveOptions,
  'labels' | 'distances',
  Inputs
>({
  name: 'pairContrastive',
  signature: '(...),(...)->(...)',
  inputs: ['labels', 'distances'],
  domains: [probability, nonNegative],
  range: null,
  options: { margin: [1, margin] },
  formula: ({ labels, distances }, { margin }) => {
    const gap = relu(sub(margin, distances));
    // Not the squares, which may be infinite where they weigh nothing.
    const together = mul(mul(labels, distances), distances);
    return add(together, mul(mul(sub(1, labels), gap), gap));
  },
});
