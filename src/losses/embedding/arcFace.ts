import { sqrt, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { classIndex, cosine } from '../../definition/domain.js';
import { within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant, withGradient } from '../../numerics/autodiff.js';
import { atLeast } from '../../numerics/functions.js';
import { isHalf, where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { add, less, mul, neg, sub } from '../../tfjs/ops.js';
import {
  marginSoftmax,
  type MarginSoftmaxInputs,
  type MarginSoftmaxOptions,
  marginSoftmaxOptions,
} from './common/marginSoftmax.js';

export interface ArcFaceOptions extends MarginSoftmaxOptions {
  /** The margin m: by what angle, in radians, the vector is to be nearer to its class, from 0 to π. Default 0.5. */
  readonly margin: number;
}

/**
 * Additive angular margin softmax of the cosines c = cos θ of a vector and its classes: −ln softmax(s·c′) at the label
 * y, with c′_y = cos(θ_y + m), and beyond θ_y = π − m, where that would rise again, c′_y = cos θ_y − m·sin m; the other
 * cosines are as they are.
 *
 * Shapes `(...),(...,C)->(...)`; labels are class indices and may have a last axis of 1. In nats. `cosineLogits` makes
 * cosines of embeddings and a table of weights.
 *
 * The derivative, which is infinite at a cosine of 1, is that of the nearest smaller float32 there, or less.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range. Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Deng et al. (2019), doi:10.1109/CVPR.2019.00482; pytorch-metric-learning `ArcFaceLoss` (margin in degrees) and
 * `SubCenterArcFaceLoss` (`cosineLogits` with `pool: 'max'`), InsightFace `ArcFace`.
 * @example arcFace([0], [[0.8, 0.5]], { scale: 4 }) // [0.8789]
 * @function
 */
export const arcFace: Loss<ArcFaceOptions, MarginSoftmaxInputs> = /* @__PURE__ */ defineLoss<
  ArcFaceOptions,
  'labels' | 'cosines',
  MarginSoftmaxInputs
>({
  name: 'arcFace',
  aliases: { subCenterArcFace: {} },
  signature: '(...),(...,C)->(...)',
  inputs: ['labels', 'cosines'],
  domains: [classIndex, cosine],
  options: { margin: [0.5, /* @__PURE__ */ within(0, Math.PI)], ...marginSoftmaxOptions },
  formula: ({ labels, cosines }, { margin, scale }) => marginSoftmax(labels, cosines, scale, (c) => turned(c, margin)),
});

/** cos(θ + m) of cos θ, and beyond θ = π − m what goes on falling. */
function turned(c: Tensor, margin: number): Tensor {
  const [cos, sin] = [Math.cos(margin), Math.sin(margin)];
  const isBeyond = constant(() => less(c, -cos));
  return where(isBeyond, sub(c, margin * sin), sub(mul(cos, c), mul(sin, sine(c))));
}

/** The sine of an angle from 0 to π by its cosine. In the derivative −c ÷ sin θ, the sine is bounded from below. */
const sine: (c: Tensor) => Tensor = /* @__PURE__ */ withGradient(
  (c) => sqrt(mul(sub(1, c), add(1, c))),
  (dy, c) => neg(mul(dy, ratio(c, atLeast(sine(c), leastSine())))),
);

/** Below the sine of any cosine other than 1 and −1. */
const leastSine = (): number => (isHalf() ? 2 ** -6 : 2 ** -12);
