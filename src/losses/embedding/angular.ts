import { log, squeeze, type Tensor } from '@tensorflow/tfjs-core';
import { ofEntries, repeated, type RowFormula } from '../../call/pairsOfEntries.js';
import { shortcut } from '../../call/shortcut.js';
import type { Loss, Unreduced } from '../../definition/definition.js';
import { embedding, group } from '../../definition/domain.js';
import { within } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { exp, softplus } from '../../numerics/functions.js';
import { inBlocks } from '../../numerics/inBlocks.js';
import { matMul } from '../../numerics/matMul.js';
import { areBoth, where } from '../../numerics/portable.js';
import { stretch } from '../../numerics/sum.js';
import { add, expandDims, max, mul, neg, notEqual, reshape, sub } from '../../tfjs/ops.js';
import { allAnchors, type Anchors, fewAnchors } from './common/anchors.js';
import { ofCosines } from './common/pairOptions.js';
import { type PairMatrix, pairMatrix, pairRows } from './common/pairMatrix.js';
import { hasAny, logSumExpWhere, whereAllowed } from './common/pairs.js';

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
    if (!isSteep(alpha)) {
      const pairs = pairMatrix('angular', { labels, embeddings, valid }, ofCosines);
      return { values: pairsByProducts(pairs, factorsOf(alpha)), valid: pairs.isPositive };
    }
    const pairs = pairRows('angular', { labels, embeddings, valid }, ofCosines, true);
    const { parts, rows, anchors } = allAnchors(pairs);
    return { values: inBlocks(parts, rows, (block) => pairsUnder(anchors(block), alpha)), valid: pairs.isPositive };
  },
  shortcut: /* @__PURE__ */ shortcut<AngularOptions, 'labels' | 'embeddings'>(
    ({ options: { alpha }, inputs, valid, totalOf, isWeighedByExample }) => {
      if (!totalOf || !isSteep(alpha)) return null;
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

/** What the cosines of a pair with negatives, and that of the pair itself, are multiplied by. */
interface Factors {
  readonly ofNegatives: number;
  readonly ofPositive: number;
}

const squaredTangent = (alpha: number): number => Math.tan((alpha * Math.PI) / 180) ** 2;

function factorsOf(alpha: number): Factors {
  const tangent = squaredTangent(alpha);
  return { ofNegatives: 4 * tangent, ofPositive: 2 * (1 + tangent) };
}

/** Up to this t the sums of products of exponentials stay above e⁻⁸ᵗ, of which float32 has the square, too. */
const MOST_OF_PRODUCTS = 5;

/** Whether exponentials may leave the range of float32 where each cosine has one of its own. */
const isSteep = (alpha: number): boolean => squaredTangent(alpha) > MOST_OF_PRODUCTS;

/**
 * The values of all pairs, `[B, B]`. The two of a positive pair have the same negatives, so that their sums over n of
 * e^{4·t·s_in}·e^{4·t·s_jn} are a product of matrices.
 */
function pairsByProducts({ far, isPositive, isNegative }: PairMatrix, { ofNegatives, ofPositive }: Factors): Tensor {
  const cosines = neg(far);
  const allowed = whereAllowed(cosines, isNegative);
  // The derivatives by what is taken out of a row and put back add up to 0.
  const nearest = constant(() => max(allowed, -1, true));
  const weights = where(isNegative, exp(mul(ofNegatives, sub(allowed, nearest))), 0);
  const isCounted = constant(() => areBoth(isPositive, expandDims(hasAny(isNegative), 1)));
  const sums = where(isCounted, matMul(weights, weights, false, true), 1);
  const ofBoth = constant(() => add(nearest, reshape(nearest, [1, -1])));
  const exponents = add(log(sums), sub(mul(ofNegatives, ofBoth), mul(ofPositive, cosines)));
  return where(isCounted, softplus(exponents), 0);
}

/** The values of the pairs of some anchors with each of their K positives, `[rows, K]`, of minus the cosines. */
function pairsUnder({ near, far, between, isNegative }: Anchors, alpha: number): Tensor {
  const shape = [...near.shape, far.shape[1] ?? 0];
  // Of all that a pair has to do with negatives.
  const [ofAnchors, areNegatives] = repeated([far, isNegative], near.shape[1] as number) as [Tensor, Tensor];
  const ofNegatives = add(reshape(ofAnchors, shape), stretch(between as Tensor, shape));
  return ofEntries(valueOfPair, factorsOf(alpha), { own: [near], others: [], apart: [ofNegatives, areNegatives] });
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
