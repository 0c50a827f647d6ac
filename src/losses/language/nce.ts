import type { Loss } from '../../definition/definition.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { add, neg, reshape } from '../../tfjs/ops.js';
import {
  ofSampledClasses,
  type SampledClassesInputs,
  type SampledClassesName,
  type SampledClassesOptions,
  sampledLogits,
} from './common/sampledClasses.js';

/**
 * Noise-contrastive estimation: the label y is told apart from classes that are drawn as noise, by binary cross-entropies,
 * −ln σ(x_y) − Σ_j ln(1 − σ(x_j)), where j runs over the drawn classes and x = hidden·weightᵀ + bias − ln q, with q the count
 * expected of a class in the draw.
 *
 * Shapes `(...),(...,D),(C,D)->(...)`. In nats.
 *
 * One draw serves all positions of a call. Counts have no gradient. `removeAccidentalHits` (default false) leaves drawn
 * classes out where they are the label, also those drawn twice.
 *
 * @throws if the shapes do not fit, a label or a drawn class is no class index, only a part of a draw is given, or an option
 * is unknown or out of range. Those that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Gutmann and Hyvärinen (2012), https://www.jmlr.org/papers/v13/gutmann12a.html; Mnih and Kavukcuoglu (2013);
 * TensorFlow `nce_loss`.
 * @example nce([1], [[1, 2]], [[0.5, 0], [1, 0.25], [0, -0.5]], { removeAccidentalHits: true }) // [1.4888]
 * @function
 */
export const nce: Loss<SampledClassesOptions, SampledClassesInputs> = /* @__PURE__ */ defineLoss<
  SampledClassesOptions,
  SampledClassesName,
  SampledClassesInputs
>({
  name: 'nce',
  aliases: { noiseContrastiveEstimation: {} },
  .../* @__PURE__ */ ofSampledClasses(false),
  formula: (inputs, options) => {
    const { own, drawn, isLeftOut } = sampledLogits(inputs, options);
    const ofNoise = softplus(drawn);
    const noise = sum(isLeftOut ? where(isLeftOut, 0, ofNoise) : ofNoise, -1);
    return reshape(add(softplus(neg(own)), noise), inputs.labels.shape);
  },
});
