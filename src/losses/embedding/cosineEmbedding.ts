import { relu } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { embedding, hingeLabel } from '../../definition/domain.js';
import { cosine, nonNegative } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { cosine as cosineOf, oneMinusCosine } from '../../numerics/cosine.js';
import { complement } from '../../numerics/functions.js';
import { labelsOption, signedLabels, type SignedLabelsOptions } from '../common/hingeLabels.js';
import { add, mul, sub } from '../../tfjs/ops.js';

export interface CosineEmbeddingOptions extends SignedLabelsOptions {
  /** The cosine m, from -1 to 1, up to which vectors that do not belong together cost nothing. Default 0. */
  readonly margin: number;
  /** Lower bound of a vector's length, so that a zero vector is at right angles to all. Default 1e-7. */
  readonly epsilon: number;
}

type Inputs = readonly [labels: TensorInput, a: TensorInput, b: TensorInput];

/**
 * Cosine embedding loss of two vectors a and b: 1 − cos(a, b) if y = 1, else max(0, cos(a, b) − m), with a label y of 1
 * for a pair that belongs together and −1 for one that does not; linear in y between them.
 *
 * Shapes `(...),(...,D),(...,D)->(...)`. Without unit.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see PyTorch `cosine_embedding_loss`.
 * @example cosineEmbedding([1, -1], [[3, 4], [3, 4]], [[4, 3], [4, 3]], { margin: 0.5 }) // [0.04, 0.46]
 * @function
 */
export const cosineEmbedding: Loss<CosineEmbeddingOptions, Inputs> = /* @__PURE__ */ defineLoss<
  CosineEmbeddingOptions,
  'labels' | 'a' | 'b',
  Inputs
>({
  name: 'cosineEmbedding',
  signature: '(...),(...,D),(...,D)->(...)',
  inputs: ['labels', 'a', 'b'],
  domains: [hingeLabel, embedding, embedding],
  options: { ...labelsOption, margin: [0, cosine], epsilon: [1e-7, nonNegative] },
  formula: ({ labels, a, b }, { labels: spelling, margin, epsilon }) => {
    const together = mul(0.5, add(1, signedLabels(labels, spelling)));
    const distance = oneMinusCosine(a, b, epsilon);
    const similarity = complement(
      distance,
      constant(() => cosineOf(a, b, epsilon)),
    );
    return add(mul(together, distance), mul(sub(1, together), relu(sub(similarity, margin))));
  },
});
