import type { Tensor } from '@tensorflow/tfjs-core';
import { isHalf } from '../../numerics/portable.js';
import { larger, minus } from '../../numerics/scalars.js';
import { sum } from '../../numerics/sum.js';
import { differenceOf, probabilitiesOf } from './distribution.js';
import { type Formats, kullbackLeibler } from './kullbackLeibler.js';
import { excessOfMixture } from './mixture.js';

/** The share β of the labels in the mixture, and the temperature of logits. */
interface Mixing {
  readonly beta: number;
  readonly temperature: number;
}

/** β·KL(P‖M) + (1 − β)·KL(Q‖M) over the last axis, in nats; KL(P‖Q) at β = 0 and KL(Q‖P) at β = 1. */
export function jensenShannonDivergence(
  labels: Tensor,
  predictions: Tensor,
  formats: Formats,
  { beta, temperature }: Mixing,
): Tensor {
  const { labelFormat, predictionFormat } = formats;
  if (beta === 0) return kullbackLeibler(labels, predictions, formats, temperature);
  if (beta === 1) {
    const swapped = { ...formats, labelFormat: predictionFormat, predictionFormat: labelFormat };
    return kullbackLeibler(predictions, labels, swapped, temperature);
  }
  const p = probabilitiesOf(labels, labelFormat, temperature);
  const q = probabilitiesOf(predictions, predictionFormat, temperature);
  const difference = differenceOf([labels, predictions], [labelFormat, predictionFormat], temperature);
  // A share that is 0 in float32 has no logarithm.
  const ofLabels = { share: larger(beta, isHalf() ? 2 ** -14 : 2 ** -126), format: labelFormat };
  const ofPredictions = { share: minus(1, beta), format: predictionFormat };
  return sum(excessOfMixture(ofLabels, ofPredictions)(p, q, difference), -1);
}
