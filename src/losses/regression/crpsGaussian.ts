import type { Tensor } from '@tensorflow/tfjs-core';
import { broadcast } from '../../call/broadcast.js';
import type { Loss } from '../../definition/definition.js';
import { nonNegative, real } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { withGradients } from '../../numerics/autodiff.js';
import { halfDifference } from '../../numerics/difference.js';
import { erf } from '../../numerics/erf.js';
import { abs, bounded, exp, expm1 } from '../../numerics/functions.js';
import { ratio } from '../../numerics/quotient.js';
import { add, mul, neg, square, sub } from '../../tfjs/ops.js';
import { spreadOption, type SpreadOption } from './common/likelihoodOptions.js';

type GaussianInputs = readonly [labels: TensorInput, mean: TensorInput, standardDeviation: TensorInput];

/**
 * Continuous ranked probability score of labels y under Gaussians of mean m and standard deviation s:
 * s·(z·(2·Φ(z) − 1) + 2·φ(z) − 1/√π) with z = (y − m)/s, the area between the squared distribution function and the step at
 * y. It generalises the absolute error, which it is at s = 0, and, unlike the likelihood, stays finite for outliers and
 * small s.
 *
 * Shapes `(...),(...),[...]->(...)`: the standard deviation may be a number, lack trailing axes or have axes of size 1. In the
 * units of the labels.
 *
 * The standard deviation is bounded from below by `epsilon`.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Gneiting et al. (2005), doi:10.1175/MWR2904.1; scoringrules `crps_normal`, properscoring `crps_gaussian`.
 * @example crpsGaussian([1, 3], [0, 3], 1) // [0.6024, 0.2337]
 * @function
 */
export const crpsGaussian: Loss<SpreadOption, GaussianInputs> = /* @__PURE__ */ defineLoss<
  SpreadOption,
  'labels' | 'mean' | 'standardDeviation',
  GaussianInputs
>({
  name: 'crpsGaussian',
  aliases: { crpsNormal: {} },
  signature: '(...),(...),[...]->(...)',
  broadcast,
  inputs: ['labels', 'mean', 'standardDeviation'],
  domains: [real, real, nonNegative],
  options: spreadOption,
  formula: ({ labels, mean, standardDeviation }, { epsilon }) =>
    scoreOfHalf(halfDifference(labels, mean), bounded(standardDeviation, epsilon)),
});

/** 2·φ(0). */
const DENSITY = Math.sqrt(2 / Math.PI);

const INVERSE_ROOT_OF_PI = 1 / Math.sqrt(Math.PI);

/** z/√2 of half an error. */
const deviation = (half: Tensor, s: Tensor): Tensor => mul(Math.SQRT2, ratio(half, s));

/**
 * The score of half an error, |e|·erf(|t|) + s·(2·φ(0)·(e^−t² − 1) + 2·φ(0) − 1/√π) with t = z/√2: no term is beyond float32.
 * Its derivatives are erf(t) for the error and 2·φ(z) − 1/√π for s.
 */
const scoreOfHalf: (half: Tensor, s: Tensor) => Tensor = /* @__PURE__ */ withGradients(
  (half, s) => {
    const t = abs(deviation(half, s));
    const ofSpread = add(mul(DENSITY, expm1(neg(square(t)))), DENSITY - INVERSE_ROOT_OF_PI);
    return add(mul(mul(2, abs(half)), erf(t)), mul(s, ofSpread));
  },
  (dy, half, s) => {
    const t = deviation(half, s);
    const ofSpread = sub(mul(DENSITY, exp(neg(square(t)))), INVERSE_ROOT_OF_PI);
    return [mul(mul(2, dy), erf(t)), mul(dy, ofSpread)];
  },
);
