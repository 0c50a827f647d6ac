import { squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, repeated, type RowFormula } from '../../call/pairsOfEntries.js';
import { shortcut } from '../../call/shortcut.js';
import type { Loss, Unreduced } from '../../definition/definition.js';
import { embedding, group } from '../../definition/domain.js';
import { within } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { softplus } from '../../numerics/functions.js';
import { inBlocks } from '../../numerics/inBlocks.js';
import { where } from '../../numerics/portable.js';
import { stretch } from '../../numerics/sum.js';
import { add, mul, neg, notEqual, reshape } from '../../tfjs/ops.js';
import { allAnchors, type Anchors, fewAnchors } from './common/anchors.js';
import { ofCosines } from './common/pairOptions.js';
import { pairRows } from './common/pairMatrix.js';
import { hasAny, logSumExpWhere } from './common/pairs.js';

export interface AngularOptions {
  /** The angle α, in degrees from 0 to 89, under which a negative may see a positive pair. Default 40. */
  readonly alpha: number;
}

type Inputs = readonly [labels: TensorInput, embeddings: TensorInput];

/**
 * Angular loss of a batch of embeddings, divided by their lengths, with the cosines s: of each pair i ≠ j of the same label
 * ln(1 + Σ_n e^{4·t·(s_in + s_jn) − 2·(1 + t)·s_ij}) with the squared tangent t of α, where n runs over the examples of other
 * labels.
 *
 * Shapes `(B),(B,D)->(B)->(B,B)`: one value per pair. In nats. Pairs of different labels and examples with themselves do not
 * count: they are 0 under `'none'` and in no mean. Without an example of another label the value is 0. Lengths are bounded
 * by 1e-7 from below: a zero vector is at right angles to all.
 *
 * A mask `(B)` removes examples from all pairs.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Wang et al. (2017), doi:10.1109/ICCV.2017.283; pytorch-metric-learning `AngularLoss`, which takes n as it is.
 * @example angular([0, 0, 1], [[1, 0], [0.6, 0.8], [0, 1]], { reduction: 'mean' }) // 0.8026
 * @function
 */
export const angular: Loss<AngularOptions, Inputs> = /* @__PURE__ */ defineLoss<
  AngularOptions,
  'labels' | 'embeddings',
  Inputs
>({
  name: 'angular',
  signature: '(B),(B,D)->(B)->(B,B)',
  inputs: ['labels', 'embeddings'],
  domains: [group, embedding],
  options: { alpha: [40, /* @__PURE__ */ within(0, 89)] },
  formula: ({ labels, embeddings }, { alpha }, valid) => {
    const pairs = pairRows('angular', { labels, embeddings, valid }, ofCosines, true);
    const { parts, rows, anchors } = allAnchors(pairs);
    return { values: inBlocks(parts, rows, (block) => pairsUnder(anchors(block), alpha)), valid: pairs.isPositive };
  },
  shortcut: /* @__PURE__ */ shortcut<AngularOptions, 'labels' | 'embeddings'>(
    ({ options: { alpha }, inputs, valid, totalOf, isWeighedByExample }) => {
      if (!totalOf) return null;
      const pairs = pairRows('angular', { ...inputs(), valid: valid() }, ofCosines, true);
      const { anchors, ...some } = (isWeighedByExample ? fewAnchors : allAnchors)(pairs);
      return totalOf({
        ...some,
        values: (block): Unreduced => {
          const own = anchors(block);
          return { values: pairsUnder(own, alpha), valid: own.isPositive };
        },
      });
    },
  ),
});

/** The values of the pairs of some anchors with each of their K positives, `[rows, K]`, of minus the cosines. */
function pairsUnder({ near, far, between, isNegative }: Anchors, alpha: number): Tensor {
  const tangent = Math.tan((alpha * Math.PI) / 180) ** 2;
  const shape = [...near.shape, far.shape[1] ?? 0];
  // Of all that a pair has to do with negatives.
  const [ofAnchors, areNegatives] = repeated([far, isNegative], near.shape[1] as number) as [Tensor, Tensor];
  const ofNegatives = add(reshape(ofAnchors, shape), stretch(between as Tensor, shape));
  return ofEntries(
    valueOfPair,
    { ofNegatives: 4 * tangent, ofPositive: 2 * (1 + tangent) },
    { own: [near], others: [], apart: [ofNegatives, areNegatives] },
  );
}

/** What the cosines of a pair with negatives, and that of the pair itself, are multiplied by. */
interface Factors {
  readonly ofNegatives: number;
  readonly ofPositive: number;
}

const valueOfPair: RowFormula<Factors> = {
  gives: 'rows',
  compute: ([far, negative, near], { ofNegatives, ofPositive }) => {
    const isNegative = constant(() => notEqual(negative as Tensor, 0));
    const nearest = logSumExpWhere(mul(ofNegatives, neg(far as Tensor)), isNegative);
    const values = softplus(add(nearest, mul(ofPositive, squeeze(near as Tensor, [1]))));
    return where(hasAny(isNegative), values, 0);
  },
};
