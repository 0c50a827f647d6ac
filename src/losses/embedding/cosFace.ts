import type { Loss } from '../../definition/definition.js';
import { classIndex, cosine } from '../../definition/domain.js';
import { within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { sub } from '../../tfjs/ops.js';
import {
  marginSoftmax,
  type MarginSoftmaxInputs,
  type MarginSoftmaxOptions,
  marginSoftmaxOptions,
} from './common/marginSoftmax.js';

export interface CosFaceOptions extends MarginSoftmaxOptions {
  /** The margin m: by how much the cosine of the class is to be larger, from 0 to 2. Default 0.35. */
  readonly margin: number;
}

/**
 * Additive margin softmax of the cosines c of a vector and its classes: −ln softmax(s·c′) at the label y, with
 * c′_y = c_y − m and the other cosines as they are.
 *
 * Shapes `(...),(...,C)->(...)`; labels are class indices and may have a last axis of 1. In nats. `cosineLogits` makes
 * cosines of embeddings and a table of weights.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range. Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Wang et al. (2018), doi:10.1109/CVPR.2018.00552; pytorch-metric-learning `CosFaceLoss`.
 * @example cosFace([0], [[0.75, 0.5]], { margin: 0.25, scale: 4 }) // [0.6931]
 * @function
 */
export const cosFace: Loss<CosFaceOptions, MarginSoftmaxInputs> = /* @__PURE__ */ defineLoss<
  CosFaceOptions,
  'labels' | 'cosines',
  MarginSoftmaxInputs
>({
  name: 'cosFace',
  aliases: { amSoftmax: {}, additiveMarginSoftmax: {} },
  signature: '(...),(...,C)->(...)',
  inputs: ['labels', 'cosines'],
  domains: [classIndex, cosine],
  options: { margin: [0.35, /* @__PURE__ */ within(0, 2)], ...marginSoftmaxOptions },
  formula: ({ labels, cosines }, { margin, scale }) => marginSoftmax(labels, cosines, scale, (c) => sub(c, margin)),
});
