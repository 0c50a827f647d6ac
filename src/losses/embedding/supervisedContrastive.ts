import { logicalOr, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { temperature } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { cast } from '../../numerics/portable.js';
import { quotient } from '../../numerics/quotient.js';
import { sumTimesLogSoftmax } from '../../numerics/softmax.js';
import { sum } from '../../numerics/sum.js';
import { div, neg } from '../../tfjs/ops.js';
import { pairFormula, valuesOfPairs } from './common/pairFormula.js';
import { pairMatrix } from './common/pairMatrix.js';
import { ofPairs, type PairOptions, pairOptions } from './common/pairOptions.js';
import { hasAny, whereAllowed } from './common/pairs.js';

export interface SupervisedContrastiveOptions extends PairOptions {
  /** Divides the similarities. Default 0.1. */
  readonly temperature: number;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Supervised contrastive loss of a batch of embeddings: of each example i the mean, over the other examples p of its
 * label, of ln Σ_{j≠i} e^{s_ij} − s_ip with similarities s ÷ T; of distances d it is −d ÷ T.
 *
 * Shapes `(B),(B,D)->(B)`. In nats. An example without any other of its label does not count. With `references` j and p run
 * over them.
 *
 * A mask `(B)` removes examples from all pairs; all references count.
 *
 * @throws if the shapes do not fit, references come without labels, or an option is unknown or out of range.
 * @see Khosla et al. (2020), doi:10.48550/arXiv.2004.11362; pytorch-metric-learning `SupConLoss`, which is 0 for a batch of
 * one label.
 * @example supervisedContrastive([0, 0, 1], [[1, 0], [0.6, 0.8], [0, 1]], { temperature: 1, reduction: 'mean' }) // 0.6178
 * @function
 */
export const supervisedContrastive: Loss<SupervisedContrastiveOptions, Inputs> = /* @__PURE__ */ defineLoss<
  SupervisedContrastiveOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'supervisedContrastive',
  aliases: { supCon: {} },
  .../* @__PURE__ */ ofPairs('(B)'),
  options: { temperature: [0.1, temperature], .../* @__PURE__ */ pairOptions('cosine') },
  formula: ({ labels, embeddings }, options, valid) => {
    const { temperature } = options;
    const pairs = pairMatrix('supervisedContrastive', { labels, embeddings, valid }, options);
    return { values: valuesOfPairs(ofAnchors, pairs, { temperature }), valid: hasAny(pairs.isPositive) };
  },
});

const ofAnchors = /* @__PURE__ */ pairFormula<Pick<SupervisedContrastiveOptions, 'temperature'>>(
  'rows',
  ({ far, isPositive, isNegative }, { temperature }) => {
    const isOther = constant(() => logicalOr(isPositive, isNegative));
    const scores = whereAllowed(div(neg(far), temperature), isOther);
    return neg(sumTimesLogSoftmax(shares(isPositive), scores));
  },
);

/** 1 ÷ the number of those of a row that are true, and 0 for the others. */
const shares = (isPositive: Tensor): Tensor =>
  constant(() => {
    const ones = cast(isPositive, 'float32');
    return quotient(ones, sum(ones, -1, true));
  });
