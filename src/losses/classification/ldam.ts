import { sqrt, type Tensor } from '@tensorflow/tfjs-core';
import type { LossWithRequired } from '../../definition/definition.js';
import { classIndex, logit } from '../../definition/domain.js';
import { axes, heldConstant, nonNegative, positive, positivePerClass } from '../../definition/kinds.js';
import { required } from '../../definition/options.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { isClass } from '../../numerics/isClass.js';
import { where } from '../../numerics/portable.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { div, max, mul, neg, sub } from '../../tfjs/ops.js';

export interface LdamOptions extends ClassAxisOption {
  /** How many examples each class has, `[C]`; a factor of all of them cancels; held constant. No default. */
  readonly counts: TensorInput;
  /** The margin of the rarest class, in the units of the logits. Default 0.5. */
  readonly maxMargin: number;
  /** Factor s of the logits. Default 30. */
  readonly scale: number;
}

/**
 * Label-distribution-aware margin loss of class indices y, for classes of which some are rare: −ln softmax(s·(x − m))_y of
 * logits x, with the margin m at the label's class alone. The margin of a class of n examples is proportional to n^(−1/4),
 * and `maxMargin` for the rarest class.
 *
 * Shapes `(...),(...,C)->(...)`; labels may have a last axis of 1. In nats. Logits are those of a normalized layer, cosines as
 * `cosineLogits` makes them; the authors weigh the classes besides once training has settled.
 *
 * @throws if the shapes do not fit, `counts` is missing or not of shape `[C]`, a label is no class index, or an option is unknown
 * or out of range. Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Cao et al. (2019), doi:10.48550/arXiv.1906.07413.
 * @example ldam([1], [[0, 0]], { counts: [16, 1], scale: 1 }) // [0.9741]
 * @function
 */
export const ldam: LossWithRequired<LdamOptions, 'counts'> = /* @__PURE__ */ defineLoss<LdamOptions>({
  name: 'ldam',
  aliases: { labelDistributionAwareMargin: {} },
  signature: '(...),(...,C)->(...)',
  domains: [classIndex, logit],
  options: {
    counts: /* @__PURE__ */ required(/* @__PURE__ */ heldConstant(positivePerClass)),
    maxMargin: [0.5, nonNegative],
    scale: [30, positive],
    axis: [-1, axes],
  },
  formula: ({ labels, predictions }, { counts, maxMargin, scale }) => {
    const atLabel = isClass(labels, predictions.shape.at(-1) ?? 1);
    const margins = mul(maxMargin, sharesOfMargin(counts as Tensor));
    // Next to large logits, which a row may have in common, a margin would be lost.
    const shifted = sub(
      predictions,
      constant(() => max(predictions, -1, true)),
    );
    return neg(logSoftmaxAt(mul(scale, sub(shifted, where(atLabel, margins, 0))), atLabel));
  },
});

/** The margin of each class over that of the rarest one. */
function sharesOfMargin(counts: Tensor): Tensor {
  const rarity = div(1, counts);
  return sqrt(
    sqrt(
      div(
        rarity,
        constant(() => max(rarity, -1, true)),
      ),
    ),
  );
}
