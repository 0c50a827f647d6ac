import type { Tensor } from '@tensorflow/tfjs-core';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { constant } from '../../../numerics/autodiff.js';
import { cast } from '../../../numerics/portable.js';
import { ofRank } from '../../../numerics/positions.js';
import { minus } from '../../../numerics/scalars.js';
import { times } from '../../../numerics/sum.js';
import { add, equal, less, mul, neg, sub } from '../../../tfjs/ops.js';
import {
  activated,
  type ActivationOptions,
  countedEntries,
  heavyPixels,
  missing,
  onlyCounted,
  restOf,
} from './segmentation.js';

/** How the overlap of a label and a probability, and their sizes, are counted. */
export interface Counting {
  readonly intersection: 'product' | 'minimum';
  /** Squares labels and probabilities in the sizes. */
  readonly squared: boolean;
}

/** How much errors count: those by which predictions exceed the overlap, and those by which labels do. */
export interface ErrorWeights {
  readonly alpha: number;
  readonly beta: number;
}

type Options = Pick<ActivationOptions, 'fromLogits' | 'activation'> & { readonly weights: TensorInput | null };

/**
 * Of each entry the overlap I, two terms that errors are made of, and the label, each times the weight of its pixel, and 0
 * where the entry does not count.
 */
export function overlapTerms(
  { labels, predictions }: Readonly<Record<'labels' | 'predictions', Tensor>>,
  options: Options,
  counting: Counting,
  valid: Tensor | null,
  chosen: Tensor | null,
): [overlap: Tensor, first: Tensor, second: Tensor, label: Tensor] {
  const { rank } = predictions;
  const weights = options.weights as Tensor | null;
  const counted = countedEntries(valid, weights, chosen, rank);
  const masks = activated(heavyPixels(predictions, weights, rank - 1), options, valid && ofRank(valid, rank));
  const weighed = (x: Tensor): Tensor => (weights ? times(weights, x) : x);
  const [y, p, rest] = [labels, masks.probabilities, restOf(masks)].map((x) => onlyCounted(x, counted)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const [overlap, first, second] = ofEntries(y, p, rest, counting);
  return [weighed(overlap), weighed(first), weighed(second), weighed(y)];
}

/**
 * Of sums of the terms, α·(P − I) + β·(T − I) with the sizes T of labels and P of predictions. The first term is P − I, or with
 * squares (P − I) + (T − I), which is as small as the error; the second one is T − I.
 */
export const errorsOf = (
  first: Tensor,
  second: Tensor,
  { squared }: Pick<Counting, 'squared'>,
  { alpha, beta }: ErrorWeights,
): Tensor => add(mul(alpha, first), mul(squared ? minus(beta, alpha) : beta, second));

/** The overlap of each entry, and the terms of its errors. */
function ofEntries(
  y: Tensor,
  p: Tensor,
  rest: Tensor,
  { intersection, squared }: Counting,
): [overlap: Tensor, first: Tensor, second: Tensor] {
  const isProduct = intersection === 'product';
  if (isProduct && !squared) return [mul(y, p), mul(p, sub(1, y)), mul(y, rest)];
  const lack = missing(y, p, rest);
  if (isProduct) return [mul(y, p), mul(lack, lack), mul(lack, y)];
  // How much of the smaller of the two p is; equal ones share the derivative.
  const share = constant(() => add(mul(0.5, cast(equal(lack, 0), 'float32')), cast(less(0, lack), 'float32')));
  const smaller = add(mul(share, p), mul(sub(1, share), y));
  if (!squared) return [smaller, mul(neg(sub(1, share)), lack), mul(share, lack)];
  const ofLabel = mul(y, sub(1, y));
  const both = sub(mul(lack, add(lack, mul(2, sub(share, y)))), mul(2, ofLabel));
  return [smaller, both, sub(mul(lack, share), ofLabel)];
}
