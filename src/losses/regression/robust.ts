import { log1p, pow, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { finite, type Kind, within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { withGradient } from '../../numerics/autodiff.js';
import { expm1 } from '../../numerics/functions.js';
import { add, div, mul, neg, square, sub } from '../../tfjs/ops.js';

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
    const squared = square(div(sub(predictions, labels), scale));
    if (alpha === 2) return mul(0.5, squared);
    if (alpha === 0) return log1p(mul(0.5, squared));
    if (alpha === -Infinity) return neg(expm1(mul(-0.5, squared)));
    const distance = Math.abs(alpha - 2);
    return mul(distance / alpha, growth(div(squared, distance), alpha / 2));
  },
});

/** (1 + x)ᵏ − 1, to all digits near 0. */
function growth(x: Tensor, k: number): Tensor {
  return withGradient(
    (input) => expm1(mul(k, log1p(input))),
    (dy, input) => mul(dy, mul(k, pow(add(1, input), k - 1))),
  )(x);
}
