import { type Tensor, unstack } from '@tensorflow/tfjs-core';
import type { LossWithRequired } from '../../definition/definition.js';
import { held, nonNegative, real } from '../../definition/domain.js';
import { positivePer } from '../../definition/kinds.js';
import { required } from '../../definition/options.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { atLeast, expm1 } from '../../numerics/functions.js';
import { representable, where } from '../../numerics/portable.js';
import { squareOver } from '../../numerics/squares.js';
import { add, expandDims, less, mul, neg, square, sub } from '../../tfjs/ops.js';

export interface ObjectKeypointSimilarityOptions {
  /** How far off each keypoint may be, `[K]`, in units of the size of an object. No default. */
  readonly sigmas: TensorInput;
}

type Inputs = readonly [labels: TensorInput, predictions: TensorInput, areas: TensorInput];

/** From here on e⁻ˣ is 0 in float32. */
const FAR = 104;

/**
 * Object keypoint similarity of COCO, as a loss: 1 − e^(−d²/(8·σ²·A)) for each keypoint, with its distance d from where it
 * should be, σ of `sigmas`, and the area A of the object. Keypoints that cannot be seen are left out by a `mask`.
 *
 * Shapes `(...,K,2),(...,K,2),(...)->(...,K)`; areas in the square of the unit of the keypoints. Without unit, from 0 to 1.
 *
 * Areas are held constant: the derivatives for them are 0.
 *
 * @throws if the shapes do not fit, `sigmas` is missing or not of shape `[K]`, or an option is unknown or out of range.
 * @see Maji et al. (2022), doi:10.1109/CVPRW56347.2022.00297; ultralytics `KeypointLoss`; COCO's evaluation, whose `sigmas`
 * are 0.026 for the nose to 0.107 for the hips.
 * @example objectKeypointSimilarity([[[0, 0], [1, 1]]], [[[0, 0], [1, 3]]], [4], { sigmas: [0.5, 0.5] }) // [0.1967]
 * @function
 */
export const objectKeypointSimilarity: LossWithRequired<ObjectKeypointSimilarityOptions, 'sigmas', Inputs> =
  /* @__PURE__ */ defineLoss<ObjectKeypointSimilarityOptions, 'labels' | 'predictions' | 'areas', Inputs>({
    name: 'objectKeypointSimilarity',
    aliases: { oks: {}, keypointLoss: {} },
    signature: '(...,K,2),(...,K,2),(...)->(...,K)',
    inputs: ['labels', 'predictions', 'areas'],
    domains: [real, real, /* @__PURE__ */ held(nonNegative)],
    range: null,
    options: { sigmas: /* @__PURE__ */ required(/* @__PURE__ */ positivePer('K', 'keypoint')) },
    formula: ({ labels, predictions, areas }, { sigmas }) => {
      const [x, y] = unstack(sub(predictions, labels), -1) as [Tensor, Tensor];
      const size = mul(8, mul(square(sigmas as Tensor), expandDims(areas, -1)));
      const spread = atLeast(size, representable(1e-37));
      const isFar = constant(() => less(FAR, add(squareOver(x, spread), squareOver(y, spread))));
      const distance = (along: Tensor): Tensor => squareOver(where(isFar, 0, along), spread);
      return where(isFar, 1, neg(expm1(neg(add(distance(x), distance(y))))));
    },
  });
