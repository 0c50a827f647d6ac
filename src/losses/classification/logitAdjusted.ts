import type { Tensor } from '@tensorflow/tfjs-core';
import type { LossWithRequired } from '../../definition/definition.js';
import { classIndex, logit } from '../../definition/domain.js';
import { axes, labelOrNull, nonNegative, positivePerClass } from '../../definition/kinds.js';
import { required } from '../../definition/options.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { isClass } from '../../numerics/isClass.js';
import { ln } from '../../numerics/log1p.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { add, max, mul, neg, sub } from '../../tfjs/ops.js';

export interface LogitAdjustedOptions extends ClassAxisOption {
  /** How often each class occurs, `[C]`: shares, or counts, whose factor cancels. No default. */
  readonly priors: TensorInput;
  /** Factor τ of the logarithms of the priors; 0 gives the cross-entropy. Default 1. */
  readonly tau: number;
  /** A class index that marks positions which do not count; null for none. Default -100. */
  readonly ignoreIndex: number | null;
}

/**
 * Logit-adjusted cross-entropy of class indices y, for classes of which some are rare: −ln softmax(x + τ·ln π)_y of logits x
 * and priors π. What is trained so gives logits that treat all classes alike.
 *
 * Shapes `(...),(...,C)->(...)`; labels may have a last axis of 1. In nats. At τ = 1 it is the balanced softmax.
 *
 * @throws if the shapes do not fit, `priors` is missing or not of shape `[C]`, a label is no class index and not `ignoreIndex`,
 * or an option is unknown or out of range.
 * @see Menon et al. (2021), doi:10.48550/arXiv.2007.07314; balanced softmax: Ren et al. (2020),
 * doi:10.48550/arXiv.2007.10740.
 * @example logitAdjusted([1], [[0, 0]], { priors: [0.75, 0.25] }) // [1.3863]
 * @function
 */
export const logitAdjusted: LossWithRequired<LogitAdjustedOptions, 'priors'> =
  /* @__PURE__ */ defineLoss<LogitAdjustedOptions>({
    name: 'logitAdjusted',
    aliases: { balancedSoftmax: {} },
    signature: '(...),(...,C)->(...)',
    domains: [classIndex, logit],
    options: {
      priors: /* @__PURE__ */ required(positivePerClass),
      tau: [1, nonNegative],
      ignoreIndex: [-100, labelOrNull],
      axis: [-1, axes],
    },
    formula: ({ labels, predictions }, { priors, tau }) => {
      // Next to large logits, which a row may have in common, the logarithms would be lost.
      const shifted = sub(
        predictions,
        constant(() => max(predictions, -1, true)),
      );
      const adjusted = add(shifted, mul(tau, ln(priors as Tensor)));
      return neg(logSoftmaxAt(adjusted, isClass(labels, predictions.shape.at(-1) ?? 1)));
    },
  });
