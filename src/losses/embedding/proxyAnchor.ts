import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { classIndex, cosine } from '../../definition/domain.js';
import { positive, within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { atLeast, softplus } from '../../numerics/functions.js';
import { inRange, isClass } from '../../numerics/isClass.js';
import { any, areBoth, cast, transpose, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { add, div, expandDims, logicalAnd, logicalNot, mul, sub } from '../../tfjs/ops.js';
import type { MarginSoftmaxInputs } from './common/marginSoftmax.js';
import { hasAny, logSumExpWhere } from './common/pairs.js';

export interface ProxyAnchorOptions {
  /** The margin δ, a cosine from 0 to 2: own classes are to be nearer than δ, others farther than −δ. Default 0.1. */
  readonly margin: number;
  /** The factor α of the cosines. Default 32. */
  readonly scale: number;
}

/**
 * Proxy anchor loss of the cosines s of the vectors of a batch and their classes: ln(1 + Σ_i e^{−α·(s_ic − δ)}) over the
 * examples i of class c, the mean over the classes of the batch, plus ln(1 + Σ_i e^{α·(s_ic + δ)}) over all other
 * examples, the mean over all classes.
 *
 * Shapes `(B),(B,C)->()`: one value for the whole batch. In nats. Labels are class indices. `cosineLogits` makes cosines of
 * embeddings and a table of weights.
 *
 * A mask `(B)` removes examples.
 *
 * @throws if the shapes do not fit, a label is no class index, or an option is unknown or out of range. Labels that lie
 * on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Kim et al. (2020), doi:10.1109/CVPR42600.2020.00330; pytorch-metric-learning `ProxyAnchorLoss`.
 * @example proxyAnchor([0, 1], [[0.5, 0], [0, 0.5]], { scale: 1, margin: 0 }) // 1.1672
 * @function
 */
export const proxyAnchor: Loss<ProxyAnchorOptions, MarginSoftmaxInputs> = /* @__PURE__ */ defineLoss<
  ProxyAnchorOptions,
  'labels' | 'cosines',
  MarginSoftmaxInputs
>({
  name: 'proxyAnchor',
  signature: '(B),(B,C)->(B)->()',
  inputs: ['labels', 'cosines'],
  domains: [classIndex, cosine],
  options: { margin: [0.1, /* @__PURE__ */ within(0, 2)], scale: [32, positive] },
  formula: ({ labels, cosines }, { margin, scale }, valid) => {
    const classes = cosines.shape[1] as number;
    const isCounted = (chosen: Tensor): Tensor => (valid ? areBoth(chosen, expandDims(valid, -1)) : chosen);
    const isLabel = isClass(labels, classes);
    // One row for each class.
    const turned = (x: Tensor): Tensor => transpose(x, [1, 0]);
    const isOfClass = constant(() => turned(isCounted(isLabel)));
    const isOfOther = constant(() => turned(isCounted(logicalNot(isLabel))));
    const ofClasses = turned(cosines);
    const near = softSum(mul(scale, sub(margin, ofClasses)), isOfClass);
    const far = softSum(mul(scale, add(margin, ofClasses)), isOfOther);
    const present = constant(() => atLeast(sum(cast(hasAny(isOfClass), 'float32')), 1));
    const value = add(div(sum(near), present), div(sum(far), classes));
    const isUnknown = constant(() => any(isBad(labels, classes, valid)));
    return where(isUnknown, NaN, value);
  },
});

/** ln(1 + Σ eˣ) over those of the last axis that are allowed. */
const softSum = (x: Tensor, allowed: Tensor): Tensor => where(hasAny(allowed), softplus(logSumExpWhere(x, allowed)), 0);

/** Labels that count and are no class. */
function isBad(labels: Tensor, classes: number, valid: Tensor | null): Tensor {
  const bad = logicalNot(inRange(labels, classes));
  return valid ? logicalAnd(bad, valid) : bad;
}
