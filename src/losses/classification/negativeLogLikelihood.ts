import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { classIndex, logProbability } from '../../definition/domain.js';
import { axes, labelOrNull, perClass } from '../../definition/kinds.js';
import type { ClassAxisOption } from '../../definition/sharedOptions.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { mulNoNan } from '../../numerics/functions.js';
import { isClass } from '../../numerics/isClass.js';
import { pick } from '../common/classes.js';
import { neg } from '../../tfjs/ops.js';

export interface NegativeLogLikelihoodOptions extends ClassAxisOption {
  /** One weight per class, `[C]`: how much a label of that class counts. Default null, all alike. */
  readonly classWeights: TensorInput | null;
  /** A label that marks positions which do not count. Default -100, PyTorch's. */
  readonly ignoreIndex: number | null;
}

/**
 * Negative log-likelihood of class indices y under given log-probabilities: −w_y·(ln p)_y.
 *
 * Shapes `(...),(...,C)->(...)`; labels may have a last axis of 1. In the unit of the log-probabilities.
 *
 * `reduction: 'weightedMean'` divides by the summed class weights of the labels, as PyTorch's `'mean'` does.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range. Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see PyTorch `nll_loss`.
 * @example negativeLogLikelihood([1], [[-2, -0.5]]) // [0.5]
 * @function
 */
export const negativeLogLikelihood: Loss<NegativeLogLikelihoodOptions> =
  /* @__PURE__ */ defineLoss<NegativeLogLikelihoodOptions>({
    name: 'negativeLogLikelihood',
    aliases: { nll: {} },
    signature: '(...),(...,C)->(...)',
    domains: [classIndex, logProbability],
    options: { classWeights: [null, perClass], ignoreIndex: [-100, labelOrNull], axis: [-1, axes] },
    formula: ({ labels, predictions }, { classWeights }) => {
      const atLabel = isClass(labels, predictions.shape.at(-1) ?? 1);
      const surprise = neg(pick(predictions, atLabel));
      if (classWeights === null) return surprise;
      const ownWeight = pick(classWeights as Tensor, atLabel);
      return { values: mulNoNan(ownWeight, surprise), ownWeight };
    },
  });
