import { concat, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { isClass } from '../../numerics/isClass.js';
import { lowest, where } from '../../numerics/portable.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { cast, expandDims, neg, reshape, zerosLike } from '../../tfjs/ops.js';
import {
  ofSampledClasses,
  type SampledClassesInputs,
  type SampledClassesName,
  type SampledClassesOptions,
  sampledLogits,
} from './common/sampledClasses.js';

/**
 * Sampled softmax: the cross-entropy of a softmax over the label y and a draw of classes, ln Σ_j e^{x_j} − x_y, where j runs
 * over y and the drawn classes and x = hidden·weightᵀ + bias − ln q, with q the count expected of a class in the draw. It
 * estimates the cross-entropy over all classes, for training with many of them. With `numSampled` no less than the classes,
 * and without bias of the estimate, it is that cross-entropy itself.
 *
 * Shapes `(...),(...,D),(C,D)->(...)`. In nats.
 *
 * One draw serves all positions of a call. Counts have no gradient. `removeAccidentalHits` (default true) leaves drawn
 * classes out where they are the label, also those drawn twice.
 *
 * @throws if the shapes do not fit, a label or a drawn class is no class index, only a part of a draw is given, or an option
 * is unknown or out of range. Those that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Jean et al. (2015), doi:10.3115/v1/P15-1001; TensorFlow `sampled_softmax_loss`.
 * @example sampledSoftmax([1], [[1, 2]], [[0.5, 0], [1, 0.25], [0, -0.5]]) // [0.3715]
 * @function
 */
export const sampledSoftmax: Loss<SampledClassesOptions, SampledClassesInputs> = /* @__PURE__ */ defineLoss<
  SampledClassesOptions,
  SampledClassesName,
  SampledClassesInputs
>({
  name: 'sampledSoftmax',
  .../* @__PURE__ */ ofSampledClasses(true),
  formula: (inputs, options) => {
    const { own, drawn, isLeftOut } = sampledLogits(inputs, options);
    const others = isLeftOut ? where(isLeftOut, lowest(), drawn) : drawn;
    const logits = concat([expandDims(own, -1), others], -1);
    return reshape(neg(logSoftmaxAt(logits, isFirst(own, logits.shape[1] as number))), inputs.labels.shape);
  },
});

/** True in the first of some columns. */
const isFirst = (rows: Tensor, columns: number): Tensor =>
  isClass(
    constant(() => cast(zerosLike(rows), 'int32')),
    columns,
  );
