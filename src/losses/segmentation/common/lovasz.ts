import { cumsum, gatherND, lessEqual, range, scatterND, stack, type Tensor, topk } from '@tensorflow/tfjs-core';
import { kernels, type Pixels } from '../../../call/kernelSlots.js';
import { ofRank, ofShape } from '../../../numerics/positions.js';
import { constant } from '../../../numerics/autodiff.js';
import { cast, lowest, transpose, where } from '../../../numerics/portable.js';
import { shaped } from '../../../numerics/shaped.js';
import { sum } from '../../../numerics/sum.js';
import { add, broadcastTo, div, equal, expandDims, mul, notEqual, reshape, sub, util } from '../../../tfjs/ops.js';
import { countedEntries } from './segmentation.js';

/**
 * The Lovász extension of the Jaccard loss: errors e ≥ 0 times the steps that the Jaccard loss takes as pixels are got
 * wrong one after another, largest error first. Errors, `order`, which grows with them and tells errors apart that are equal in float32, and `isPositive`
 * have the shape `[groups, pixels, classes]`; `pixels`, which count and how much, have no classes. The result is
 * `[groups, classes]`.
 */
export const lovaszExtension = (errors: Tensor, order: Tensor, isPositive: Tensor, pixels: Pixels): Tensor =>
  kernels.sortedErrors?.(errors, order, isPositive, pixels) ?? sortedByOps(errors, order, isPositive, pixels);

function sortedByOps(errors: Tensor, order: Tensor, isPositive: Tensor, { valid, weights }: Pixels): Tensor {
  const steps = constant(() => {
    const [groups = 0, pixels = 0, classes = 0] = errors.shape;
    const counted = valid && ofRank(valid, 3);
    const ofRows = (x: Tensor): Tensor => reshape(transpose(x, [0, 2, 1]), [groups * classes, pixels]);
    // What does not count comes last.
    const ordered = ofRows(counted ? where(counted, order, lowest()) : order);
    const positives = cast(isPositive, 'float32');
    const ofPixels = weights && broadcastTo(ofRank(weights, 3), errors.shape);
    const ofPositives = ofPixels ? mul(ofPixels, positives) : positives;
    const steps = jaccardSteps(
      ordered,
      ofRows(counted ? where(counted, ofPositives, 0) : ofPositives),
      ofPixels && ofRows(counted ? where(counted, ofPixels, 0) : ofPixels),
    );
    const inPlace = transpose(reshape(steps, [groups, classes, pixels]), [0, 2, 1]);
    return counted ? where(counted, inPlace, 0) : inPlace;
  });
  return sum(mul(steps, errors), 1);
}

/**
 * By how much the Jaccard loss of each row grows as an entry is got wrong after all those with larger errors. Of n
 * entries, of which k are positive, out of `present` positive ones, it is n ÷ u with the union u = present + n − k; with
 * weights these are sums of them, `positives` of the positive ones.
 */
function jaccardSteps(order: Tensor, positives: Tensor, weights: Tensor | null): Tensor {
  const [rows = 0, entries = 0] = order.shape;
  const { indices } = topk(order, entries, true);
  const rowOf = broadcastTo(expandDims(range(0, rows, 1, 'int32'), 1), [rows, entries]);
  const at = stack([rowOf, indices], -1);
  const inOrder = gatherND(positives, at);
  const found = cumsum(inOrder, 1);
  const present = sum(positives, 1, true);
  const own = weights && gatherND(weights, at);
  const wrong = own ? cumsum(own, 1) : range(1, entries + 1, 1, 'float32');
  const union = add(present, sub(wrong, found));
  const weight = own ?? 1;
  // Written out, since n ÷ u − (n − 1) ÷ u' loses all digits among many pixels.
  const before = sub(union, weight);
  const ofNegative = where(lessEqual(before, 0), 1, div(mul(weight, sub(present, found)), mul(union, before)));
  const grown = where(notEqual(inOrder, 0), div(weight, union), ofNegative);
  const steps = own ? where(equal(own, 0), 0, grown) : grown;
  return scatterND(at, steps, [rows, entries]);
}

/** `[B, ...]` as `[1, pixels]`, or `[B, pixels]` for each image by itself; trailing axes stay. */
export function asPixels(x: Tensor, perImage: boolean, trailing: readonly number[] = []): Tensor {
  const groups = perImage ? x.shape[0] : 1;
  const pixels = x.size / groups / util.sizeFromShape([...trailing]);
  return shaped(x, [groups, pixels, ...trailing]);
}

/** Which pixels of images of this shape count, and how much: one of weight 0 does not. */
export function pixelsOf(
  valid: Tensor | null,
  weights: Tensor | null,
  shape: readonly number[],
  perImage: boolean,
): Pixels {
  const flat = (x: Tensor): Tensor => asPixels(ofShape(x, [...shape]), perImage);
  const counted = countedEntries(valid, weights, null, shape.length);
  return {
    valid: counted && constant(() => flat(counted)),
    weights: weights && constant(() => flat(weights)),
  };
}

/** The shape of a loss of images. */
export const imagesSignature = (inputs: string, perImage: boolean): string =>
  `${inputs}->(B,...)->(${perImage ? 'B' : ''})`;

/** The value of each image, or the only one. */
export const ofImages = (x: Tensor, perImage: boolean): Tensor => reshape(x, perImage ? [-1] : []);
