import type { Tensor } from '@tensorflow/tfjs-core';
import { type Counting, kernels, type Masks, type Sums } from '../../../call/kernelSlots.js';
import { constant } from '../../../numerics/autodiff.js';
import { alongLast, cast } from '../../../numerics/portable.js';
import { minus, plus } from '../../../numerics/scalars.js';
import { sum, times } from '../../../numerics/sum.js';
import { add, equal, less, mul, sub } from '../../../tfjs/ops.js';
import { type CountedMasks, missing, onlyCounted, restOf, sumOver } from './segmentation.js';

/** Factors of entries in all sums. */
export interface EntryWeights {
  /** Broadcast against the labels. */
  readonly pixels?: Tensor | null;
  /** One per class. */
  readonly classes?: Tensor | null;
}

/** The sums over some axes of what counts; weighted by class. */
export function overlapSums(
  masks: CountedMasks,
  over: number[],
  counting: Counting,
  { pixels = null, classes = null }: EntryWeights = {},
): Sums {
  const last = masks.probabilities.rank - 1;
  const ofPixels = over.filter((axis) => axis !== last);
  const ofClasses = pixels ? null : kernels.overlap?.(masks, ofPixels, counting, (x) => sumsOf(x, ofPixels, counting));
  if (!ofClasses) return sumsOf(masks, over, counting, { pixels, classes });
  if (ofPixels.length === over.length) return ofClasses;
  const overClasses = (x: Tensor): Tensor => sum(weighted(x, classes), -1);
  return ofClasses.map(overClasses) as [Tensor, Tensor, Tensor];
}

function sumsOf(
  masks: Masks,
  over: number[],
  counting: Counting,
  { pixels = null, classes = null }: EntryWeights = {},
): Sums {
  const [y, p, rest] = [masks.labels, masks.probabilities, restOf(masks)].map((x) => onlyCounted(x, masks.counted)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const total = (x: Tensor): Tensor => sumOver(weighted(pixels ? times(pixels, x) : x, classes), over);
  const [overlap, errors] = ofEntries(y, p, rest, counting);
  return [total(overlap), total(errors), total(y)];
}

/**
 * The overlap I of each label y and probability p, and α·(P − I) + β·(T − I) with their sizes T and P, as a sum of terms
 * that are as small as the error.
 */
function ofEntries(
  y: Tensor,
  p: Tensor,
  rest: Tensor,
  { intersection, squared, alpha, beta }: Counting,
): [overlap: Tensor, errors: Tensor] {
  const isProduct = intersection === 'product';
  if (isProduct && !squared) return [mul(y, p), add(mul(alpha, mul(p, sub(1, y))), mul(beta, mul(y, rest)))];
  const lack = missing(y, p, rest);
  if (isProduct) return [mul(y, p), mul(lack, add(mul(alpha, lack), mul(minus(beta, alpha), y)))];
  // How much of the smaller of the two p is; equal ones share the derivative.
  const share = constant(() => add(mul(0.5, cast(equal(lack, 0), 'float32')), cast(less(0, lack), 'float32')));
  const smaller = add(mul(share, p), mul(sub(1, share), y));
  if (!squared) return [smaller, mul(sub(mul(plus(alpha, beta), share), alpha), lack)];
  // α·(p² − I) + β·(y² − I), with p = y − lack.
  const ofUnder = mul(share, add(minus(beta, alpha), mul(mul(2, alpha), sub(1, y))));
  const ofAbove = mul(sub(1, share), mul(mul(2, alpha), y));
  const ofLack = mul(lack, add(mul(alpha, lack), sub(ofUnder, ofAbove)));
  return [smaller, sub(ofLack, mul(plus(alpha, beta), mul(y, sub(1, y))))];
}

const weighted = (x: Tensor, classWeights: Tensor | null): Tensor =>
  classWeights ? times(x, alongLast(classWeights, x.rank)) : x;
