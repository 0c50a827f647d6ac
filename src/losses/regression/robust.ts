import { pow, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { finite, type Kind, within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { withGradient } from '../../numerics/autodiff.js';
import { halfDifference } from '../../numerics/difference.js';
import { bounded, expm1 } from '../../numerics/functions.js';
import { hypotenuse, logHypotenuse } from '../../numerics/hypotenuse.js';
import { where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { add, div, less, mul, neg, square, sub } from '../../tfjs/ops.js';

export interface RobustOptions {
  /** The shape α: the smaller, the less a large error counts. A finite number or -Infinity. Default 1. */
  readonly alpha: number;
  /** The error c, in the units of the labels, up to which the loss is about half the squared error. Default 1. */
  readonly scale: number;
}

const finiteOrMinusInfinity: Kind<number> = {
  expected: 'a finite number, or -Infinity',
  accepts: (value) => value === -Infinity || finite.accepts(value),
};

/**
 * Barron's general robust loss of the error e = prediction − label:
 * |α − 2|/α·(((e/c)²/|α − 2| + 1)^(α/2) − 1), with its limits at α = 2, 0 and −∞. α = 2 is half the squared error, 1
 * the pseudo-Huber or Charbonnier loss √((e/c)² + 1) − 1, 0 Cauchy's ln(½(e/c)² + 1), −2 that of Geman and McClure,
 * −∞ Welsch's 1 − exp(−½(e/c)²).
 *
 * Shapes `(...),(...)->(...)`. Without unit.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Barron (2019), doi:10.1109/CVPR.2019.00446; Kornia `charbonnier_loss`, `cauchy_loss`, `geman_mcclure_loss`,
 * `welsch_loss`.
 * @example robust([0, 0], [0.5, 10]) // [0.118, 9.0499]
 * @function
 */
export const robust: Loss<RobustOptions> = /* @__PURE__ */ defineLoss<RobustOptions>({
  name: 'robust',
  aliases: {
    barron: {},
    charbonnier: { alpha: 1 },
    cauchy: { alpha: 0 },
    gemanMcclure: { alpha: -2 },
    welsch: { alpha: -Infinity },
  },
  signature: '(...),(...)->(...)',
  domains: [real, real],
  options: { alpha: [1, finiteOrMinusInfinity], scale: [1, /* @__PURE__ */ within(1e-10, 1e30)] },
  formula: ({ labels, predictions }, { alpha, scale }) => {
    const half = div(halfDifference(predictions, labels), scale);
    if (alpha === 2) return mul(mul(2, half), half);
    if (alpha === -Infinity) return neg(expm1(mul(mul(-2, half), half)));
    const distance = Math.abs(alpha - 2);
    // Finite, and thus without NaN in its derivative.
    const ofDistance = bounded(mul(2 / Math.sqrt(distance), half), -LARGEST, LARGEST);
    return growth(ofDistance, alpha);
  },
});

/** The largest number of float32. */
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/** |α − 2|/α·((1 + x²)^(α/2) − 1), or for α = 0 ln(1 + x²), with the derivative |α − 2|·x·(1 + x²)^(α/2 − 1). */
function growth(x: Tensor, alpha: number): Tensor {
  const distance = Math.abs(alpha - 2);
  return withGradient(
    (input) => {
      const long = hypotenuse(input);
      if (alpha === 1) return mul(input, div(input, add(1, long)));
      const logarithm = logHypotenuse(input);
      if (alpha === 0) return mul(2, logarithm);
      const factor = distance / alpha;
      const near = mul(factor, expm1(mul(alpha, logarithm)));
      if (alpha < 0) return near;
      // For α > 1 the power itself may be Infinity.
      const far =
        alpha > 1 ? sub(mul(mul(factor, long), pow(long, alpha - 1)), factor) : mul(factor, sub(pow(long, alpha), 1));
      // Until the power is √e, the difference would lose digits.
      return where(less(mul(alpha, logarithm), 0.5), near, far);
    },
    (dy, input) => {
      const factor = mul(distance, dy);
      if (alpha <= -1) {
        // By two equal factors: their product may be Infinity. Where the square may be, the derivative is 0.
        const error = bounded(input, -1e19, 1e19);
        const root = pow(add(1, square(error)), (2 - alpha) / 4);
        return ratio(mul(factor, ratio(error, root)), root);
      }
      const long = hypotenuse(input);
      return mul(mul(factor, ratio(input, long)), pow(long, alpha - 1));
    },
  )(x);
}
