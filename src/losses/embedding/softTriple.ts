import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { classIndex, cosine } from '../../definition/domain.js';
import { positive, temperature, within } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { softmax } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { div, mul, sub } from '../../tfjs/ops.js';
import { marginSoftmax } from './common/marginSoftmax.js';

export interface SoftTripleOptions {
  /** The factor λ of the similarities of classes, which makes logits of them. Default 20. */
  readonly scale: number;
  /** The temperature γ: the lower, the more the nearest centre of a class alone counts. Default 0.1. */
  readonly gamma: number;
  /** The margin δ: by what similarity the vector is to be nearer to its class, from 0 to 2. Default 0.01. */
  readonly margin: number;
}

type Inputs = readonly [labels: TensorInput, similarities: TensorInput];

/**
 * SoftTriple loss of the cosines s of a vector and the K centres of each class: −ln softmax(λ·S′) at the label y, where the
 * similarity of a class c is S_c = Σ_k p_ck·s_ck with p_c = softmax(s_c ÷ γ) over its centres, and S′ is S, but for
 * S′_y = S_y − δ.
 *
 * Shapes `(B),(B,C,K)->(B)`; labels are class indices. In nats. `cosineLogits` makes similarities of embeddings and a table
 * of weights `(C,K,D)`.
 *
 * @throws if the shapes do not fit, a label is no class index or an option is unknown or out of range. Labels that lie on a
 * GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Qian et al. (2019), doi:10.1109/ICCV.2019.00655; pytorch-metric-learning `SoftTripleLoss`.
 * @example softTriple([0], [[[0.8, 0.2], [0.5, 0.4]]], { scale: 4 }) // [0.2493]
 * @function
 */
export const softTriple: Loss<SoftTripleOptions, Inputs> = /* @__PURE__ */ defineLoss<
  SoftTripleOptions,
  'labels' | 'similarities',
  Inputs
>({
  name: 'softTriple',
  signature: '(B),(B,C,K)->(B)',
  inputs: ['labels', 'similarities'],
  domains: [classIndex, cosine],
  options: {
    scale: [20, positive],
    gamma: [0.1, temperature],
    margin: [0.01, /* @__PURE__ */ within(0, 2)],
  },
  formula: ({ labels, similarities }, { scale, gamma, margin }) =>
    marginSoftmax(labels, ofClasses(similarities, gamma), scale, (s) => sub(s, margin)),
});

/** The mean over the centres of each class, weighed by a softmax: `[B, C]` of `[B, C, K]`. */
const ofClasses = (similarities: Tensor, gamma: number): Tensor =>
  sum(mul(softmax(div(similarities, gamma)), similarities), -1);
