import { ones, type Tensor } from '@tensorflow/tfjs-core';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { boundedLog } from '../../../numerics/functions.js';
import { alongLast } from '../../../numerics/portable.js';
import { ofRank } from '../../../numerics/positions.js';
import { quotient } from '../../../numerics/quotient.js';
import { sumTimesLogSoftmax } from '../../../numerics/softmax.js';
import { sum, times } from '../../../numerics/sum.js';
import { mul, neg } from '../../../tfjs/ops.js';
import { binarySurprise } from '../../common/surprises.js';
import type { OverlapOptions } from './overlap.js';
import {
  activationOf,
  countedEntries,
  heavyPixels,
  ofCountedClasses,
  onlyCounted,
  overAxes,
  sumOver,
} from './segmentation.js';

/** What the cross-entropy of masks is told by their overlap loss. */
type Options = Pick<OverlapOptions, 'axis' | 'fromLogits' | 'activation' | 'classWeights' | 'epsilon'> & {
  readonly weights: TensorInput | null;
};

/**
 * The mean over what counts of an example, or of the batch, weighted by class: with a softmax of the cross-entropies of pixels,
 * with a sigmoid of the binary ones of entries.
 */
export function meanCrossentropy(
  { labels, predictions }: Readonly<Record<'labels' | 'predictions', Tensor>>,
  options: Options,
  valid: Tensor | null,
): Tensor {
  const { axis, fromLogits, activation, epsilon } = options;
  const { rank } = predictions;
  const over = overAxes(axis, rank);
  const pixels = options.weights as Tensor | null;
  const classWeights = options.classWeights as Tensor | null;
  const counted = countedEntries(valid, pixels, rank);
  const ofPixels = (x: Tensor): Tensor => (pixels ? times(pixels, x) : x);
  const weighed = (x: Tensor): Tensor => ofPixels(classWeights ? times(x, alongLast(classWeights, rank)) : x);
  const x = heavyPixels(predictions, pixels, rank - 1);
  const y = onlyCounted(labels, counted);
  const present = onlyCounted(ones(predictions.shape), counted);

  if (activationOf(predictions, activation) === 'sigmoid') {
    const surprise = binarySurprise(y, x, { fromLogits, posWeight: null, epsilon });
    const total = (entries: Tensor): Tensor => sumOver(weighed(entries), [...over, rank - 1]);
    return quotient(total(onlyCounted(surprise, counted)), total(present));
  }
  const likelihood = fromLogits
    ? sumTimesLogSoftmax(weighed(y), ofCountedClasses(x, valid && ofRank(valid, rank)))
    : sum(mul(weighed(y), boundedLog(x, epsilon)), -1);
  // A pixel weighs as much as its class, or as its entries on average.
  const mass = classWeights ? sum(weighed(y), -1) : quotient(sum(ofPixels(present), -1), sum(present, -1));
  return quotient(neg(sumOver(likelihood, over)), sumOver(mass, over));
}
