import {
  add,
  broadcastTo,
  cumsum,
  div,
  expandDims,
  gatherND,
  lessEqual,
  mul,
  range,
  reshape,
  scatterND,
  stack,
  sub,
  type Tensor,
  topk,
} from '@tensorflow/tfjs-core';
import { ofRank } from '../../../call/masking.js';
import { constant } from '../../../numerics/autodiff.js';
import { cast, transpose, where } from '../../../numerics/portable.js';
import { sum } from '../../../numerics/sum.js';

/**
 * The Lovász extension of the Jaccard loss: errors e ≥ 0 times the steps that the Jaccard loss takes as pixels are got
 * wrong one after another, largest error first. Errors and `isPositive` have the shape `[groups, pixels, classes]`,
 * `valid` has no classes; the result is `[groups, classes]`.
 */
export function lovaszExtension(errors: Tensor, isPositive: Tensor, valid: Tensor | null): Tensor {
  const weights = constant(() => {
    const [groups = 0, pixels = 0, classes = 0] = errors.shape;
    const counted = valid && ofRank(valid, 3);
    const ofRows = (x: Tensor): Tensor => reshape(transpose(x, [0, 2, 1]), [groups * classes, pixels]);
    // What does not count comes last.
    const ordered = ofRows(counted ? where(counted, errors, -1) : errors);
    const positives = cast(isPositive, 'float32');
    const steps = jaccardSteps(ordered, ofRows(counted ? where(counted, positives, 0) : positives));
    const inPlace = transpose(reshape(steps, [groups, classes, pixels]), [0, 2, 1]);
    return counted ? where(counted, inPlace, 0) : inPlace;
  });
  return sum(mul(weights, errors), 1);
}

/**
 * By how much the Jaccard loss of each row grows as an entry is got wrong after all those with larger errors. Of n
 * entries, of which k are positive, out of `present` positive ones, it is n ÷ u with the union u = present + n − k.
 */
function jaccardSteps(errors: Tensor, positives: Tensor): Tensor {
  const [rows = 0, entries = 0] = errors.shape;
  const { indices } = topk(errors, entries, true);
  const rowOf = broadcastTo(expandDims(range(0, rows, 1, 'int32'), 1), [rows, entries]);
  const at = stack([rowOf, indices], -1);
  const inOrder = gatherND(positives, at);
  const found = cumsum(inOrder, 1);
  const present = sum(positives, 1, true);
  const union = add(present, sub(range(1, entries + 1, 1, 'float32'), found));
  // Written out, since n ÷ u − (n − 1) ÷ u' loses all digits among many pixels.
  const ofNegative = where(lessEqual(union, 1), 1, div(sub(present, found), mul(union, sub(union, 1))));
  const steps = where(cast(inOrder, 'bool'), div(1, union), ofNegative);
  return scatterND(at, steps, [rows, entries]);
}

/** `[B, ...]` as `[1, pixels]`, or `[B, pixels]` for each image by itself; trailing axes stay. */
export function asPixels(x: Tensor, perImage: boolean, trailing: readonly number[] = []): Tensor {
  return reshape(x, [perImage ? x.shape[0] : 1, -1, ...trailing]);
}

/** Which pixels count, in the shape that `asPixels` gives. */
export function countedPixels(valid: Tensor | null, shape: readonly number[], perImage: boolean): Tensor | null {
  return valid && constant(() => asPixels(broadcastTo(ofRank(valid, shape.length), [...shape]), perImage));
}

/** The shape of a loss of images. */
export const imagesSignature = (inputs: string, perImage: boolean): string =>
  `${inputs}->(B,...)->(${perImage ? 'B' : ''})`;

/** The value of each image, or the only one. */
export const ofImages = (x: Tensor, perImage: boolean): Tensor => reshape(x, perImage ? [-1] : []);
