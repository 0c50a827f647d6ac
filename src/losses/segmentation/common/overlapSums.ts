import type { Tensor } from '@tensorflow/tfjs-core';
import { type Counting, kernels, type Masks, type Sums } from '../../../call/kernelSlots.js';
import { minimum } from '../../../numerics/functions.js';
import { alongLast } from '../../../numerics/portable.js';
import { sum, times } from '../../../numerics/sum.js';
import { mul, square } from '../../../tfjs/ops.js';
import { type CountedMasks, onlyCounted, sumOver } from './segmentation.js';

/** Factors of entries in all sums. */
export interface EntryWeights {
  /** Broadcast against the labels. */
  readonly pixels?: Tensor | null;
  /** One per class. */
  readonly classes?: Tensor | null;
}

/** Σ of the overlap of labels and probabilities, and Σ of both, over some axes, of what counts; weighted by class. */
export function overlapSums(
  { labels, probabilities, counted }: CountedMasks,
  over: number[],
  counting: Counting,
  { pixels = null, classes = null }: EntryWeights = {},
): Sums {
  const masks: Masks = [labels, probabilities, counted];
  const last = probabilities.rank - 1;
  const ofPixels = over.filter((axis) => axis !== last);
  const ofClasses = pixels ? null : kernels.overlap?.(masks, ofPixels, counting, (x) => sumsOf(x, ofPixels, counting));
  if (!ofClasses) return sumsOf(masks, over, counting, { pixels, classes });
  if (ofPixels.length === over.length) return ofClasses;
  const overClasses = (x: Tensor): Tensor => sum(weighted(x, classes), -1);
  return ofClasses.map(overClasses) as [Tensor, Tensor, Tensor];
}

function sumsOf(
  [labels, probabilities, counted]: Masks,
  over: number[],
  { intersection, squared }: Counting,
  { pixels = null, classes = null }: EntryWeights = {},
): Sums {
  const [y, p] = [onlyCounted(labels, counted), onlyCounted(probabilities, counted)];
  const total = (x: Tensor): Tensor => sumOver(weighted(pixels ? times(pixels, x) : x, classes), over);
  const sized = (x: Tensor): Tensor => total(squared ? square(x) : x);
  return [total(intersection === 'product' ? mul(y, p) : minimum(y, p)), sized(y), sized(p)];
}

const weighted = (x: Tensor, classWeights: Tensor | null): Tensor =>
  classWeights ? times(x, alongLast(classWeights, x.rank)) : x;
