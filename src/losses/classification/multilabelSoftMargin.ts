import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { axes, perClass } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { mulNoNan } from '../../numerics/functions.js';
import { mean } from '../../numerics/sum.js';
import { binarySurprise } from '../common/surprises.js';

export interface MultilabelSoftMarginOptions extends ClassAxisOption {
  /** One weight per class, `[C]`. Default null, all alike. */
  readonly classWeights: TensorInput | null;
}

/**
 * Multilabel soft margin loss: the mean over classes of binary cross-entropies from logits,
 * −(1/C)·Σ_c w_c·(y_c·ln σ(x_c) + (1 − y_c)·ln σ(−x_c)).
 *
 * Shapes `(...,C),(...,C)->(...)`. In nats.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see PyTorch `multilabel_soft_margin_loss`.
 * @example multilabelSoftMargin([[1, 0]], [[0, 0]]) // [0.6931]
 * @function
 */
export const multilabelSoftMargin: Loss<MultilabelSoftMarginOptions> =
  /* @__PURE__ */ defineLoss<MultilabelSoftMarginOptions>({
    name: 'multilabelSoftMargin',
    signature: '(...,C),(...,C)->(...)',
    // Each class has a probability of its own.
    domains: [probability, logit],
    options: { classWeights: [null, perClass], axis: [-1, axes] },
    formula: ({ labels, predictions }, { classWeights }) => {
      const surprise = binarySurprise(labels, predictions, { fromLogits: true, posWeight: null, epsilon: 0 });
      return mean(classWeights === null ? surprise : mulNoNan(classWeights as Tensor, surprise), -1);
    },
  });
