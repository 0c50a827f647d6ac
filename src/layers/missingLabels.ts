import { equal, isNaN, logicalAnd, logicalNot, type Tensor } from '@tensorflow/tfjs-core';
import { both, ofRank } from '../numerics/positions.js';
import { definitionOf, signatureOf } from '../definition/definition.js';
import { isPrefix } from '../definition/signature.js';
import { fits } from '../loss/measure.js';
import { cast } from '../numerics/portable.js';
import { type DefinedLoss, optionsOf } from './definedLoss.js';

/** A label that is NaN and weighs 0 is missing: its position does not count, as metrics have it. */
export function maskOfKnown(
  loss: DefinedLoss,
  labels: Tensor | null,
  weights: Tensor | null,
  mask: Tensor | null,
): Tensor | null {
  if (!weights || labels?.dtype !== 'float32' || !fits(weights.shape, labels.shape)) return mask;
  const { output, positions } = signatureOf(definitionOf(loss), optionsOf(loss), labels.rank);
  if (!isPrefix(output, positions)) return mask;
  const isMissing = logicalAnd(equal(weights, 0), ofRank(isNaN(labels), weights.rank));
  const rank = Math.max(weights.rank, mask?.rank ?? 0);
  return both(ofRank(logicalNot(isMissing), rank), mask && ofRank(cast(mask, 'bool'), rank));
}
