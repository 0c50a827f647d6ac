import { ones, type Tensor } from '@tensorflow/tfjs-core';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { boundedLog } from '../../../numerics/functions.js';
import { alongLast } from '../../../numerics/portable.js';
import { ofRank } from '../../../numerics/positions.js';
import { quotient } from '../../../numerics/quotient.js';
import { sumTimesLogSoftmax } from '../../../numerics/softmax.js';
import { sum, times } from '../../../numerics/sum.js';
import { expandDims, mul, neg } from '../../../tfjs/ops.js';
import { binarySurprise } from '../../common/surprises.js';
import type { OverlapOptions } from './overlap.js';
import { activationOf, countedEntries, heavyPixels, ofCountedClasses, onlyCounted } from './segmentation.js';

/** What the cross-entropy of masks is told by their overlap loss. */
type Options = Pick<OverlapOptions, 'fromLogits' | 'activation' | 'classWeights' | 'epsilon'> & {
  readonly weights: TensorInput | null;
};

/**
 * What cross-entropies add up to and what their mean divides by, weighted by class: with a softmax those of pixels, with a sigmoid
 * the binary ones of entries.
 */
export function crossentropyTerms(
  { labels, predictions }: Readonly<Record<'labels' | 'predictions', Tensor>>,
  { fromLogits, activation, epsilon, ...options }: Options,
  valid: Tensor | null,
): [surprise: Tensor, mass: Tensor] {
  const { rank } = predictions;
  const pixels = options.weights as Tensor | null;
  const classWeights = options.classWeights as Tensor | null;
  const counted = countedEntries(valid, pixels, null, rank);
  const ofPixels = (x: Tensor): Tensor => (pixels ? times(pixels, x) : x);
  const weighed = (x: Tensor): Tensor => ofPixels(classWeights ? times(x, alongLast(classWeights, rank)) : x);
  const x = heavyPixels(predictions, pixels, rank - 1);
  const y = onlyCounted(labels, counted);
  const present = onlyCounted(ones(predictions.shape), counted);

  if (activationOf(predictions, activation) === 'sigmoid') {
    const surprise = binarySurprise(y, x, { fromLogits, posWeight: null, epsilon });
    return [weighed(onlyCounted(surprise, counted)), weighed(present)];
  }
  const likelihood = fromLogits
    ? expandDims(sumTimesLogSoftmax(weighed(y), ofCountedClasses(x, valid && ofRank(valid, rank))), -1)
    : sum(mul(weighed(y), boundedLog(x, epsilon)), -1, true);
  // A pixel weighs as much as its class, or as its entries on average.
  const mass = classWeights
    ? sum(weighed(y), -1, true)
    : quotient(sum(ofPixels(present), -1, true), sum(present, -1, true));
  return [neg(likelihood), mass];
}
