import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { hingeLabel, real } from '../../definition/domain.js';
import { defineLoss } from '../../loss/define.js';
import { hingeOptions, type HingeOptions, signedLabels } from '../common/hingeLabels.js';
import { add, mul, sub } from '../../tfjs/ops.js';

/**
 * Hinge embedding loss of a distance x: x if y = 1, else max(0, m − x), with a label y of 1 for a pair that belongs
 * together and −1 for one that does not.
 *
 * Shapes `(...),(...)->(...)`. In the units of the distance.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Hadsell et al. (2006), doi:10.1109/CVPR.2006.100; PyTorch `hinge_embedding_loss`.
 * @example hingeEmbedding([1, -1], [0.5, 0.25]) // [0.5, 0.75]
 * @function
 */
export const hingeEmbedding: Loss<HingeOptions> = /* @__PURE__ */ defineLoss<HingeOptions>({
  name: 'hingeEmbedding',
  signature: '(...),(...)->(...)',
  domains: [hingeLabel, real],
  options: hingeOptions,
  formula: ({ labels, predictions }, options) => {
    const together = mul(0.5, add(1, signedLabels(labels, options.labels)));
    return add(mul(together, predictions), mul(sub(1, together), relu(sub(options.margin, predictions))));
  },
});
