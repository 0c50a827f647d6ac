import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { held, nonNegative, real } from '../../definition/domain.js';
import { oneOf, positive } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { dependingOn } from '../../numerics/autodiff.js';
import { atMost, mulNoNan } from '../../numerics/functions.js';
import { isHalf, where } from '../../numerics/portable.js';
import { sum } from '../../numerics/sum.js';
import { add, div, less, mul, square, sub } from '../../tfjs/ops.js';
import { exampleFormula, ofExamples } from '../common/ofExamples.js';

export interface DiffusionOptions {
  /** What the model predicts, and the targets are: the noise, the sample without it, or the velocity. Default `'noise'`. */
  readonly prediction: 'noise' | 'sample' | 'velocity';
  /** How examples are weighed by their signal-to-noise ratio. Default `'minSnr'`. */
  readonly weighting: 'minSnr' | 'snr' | 'none';
  /** The largest ratio γ that counts, with `'minSnr'`. Default 5. */
  readonly gamma: number;
}

type Inputs = readonly [targets: TensorInput, predictions: TensorInput, signalToNoise: TensorInput];

/**
 * Loss of a diffusion model: the mean squared error of an example, times min(s, γ) ÷ s where noise is predicted, min(s, γ)
 * for samples, min(s, γ) ÷ (s + 1) for velocities, with the signal-to-noise ratio s = ᾱ ÷ (1 − ᾱ) at the step of the
 * example.
 *
 * Shapes `(B,...),(B,...),(B)->(B)`. In the squared units of the targets.
 *
 * With `weighting: 'snr'` the ratio has no bound, so that noise weighs 1, a sample s and a velocity s ÷ (s + 1); with
 * `'none'` all weigh 1. The ratios are held constant: the derivative for them is 0.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Ho et al. (2020), doi:10.48550/arXiv.2006.11239; Salimans & Ho (2022), doi:10.48550/arXiv.2202.00512; Hang et al.
 * (2023), doi:10.1109/ICCV51070.2023.00684; the training scripts of diffusers (`snr_gamma`).
 * @example diffusion([[1, 0], [0, 2]], [[0, 0], [0, 0]], [1, 10]) // [0.5, 1]
 * @function
 */
export const diffusion: Loss<DiffusionOptions, Inputs> = /* @__PURE__ */ defineLoss<
  DiffusionOptions,
  'targets' | 'predictions' | 'signalToNoise',
  Inputs
>({
  name: 'diffusion',
  signature: '(B,...),(B,...),(B)->(B)',
  inputs: ['targets', 'predictions', 'signalToNoise'],
  domains: [real, real, /* @__PURE__ */ held(nonNegative)],
  // Ratios are held constant, and nothing draws them back.
  range: null,
  options: {
    prediction: ['noise', /* @__PURE__ */ oneOf('noise', 'sample', 'velocity')],
    weighting: ['minSnr', /* @__PURE__ */ oneOf('minSnr', 'snr', 'none')],
    gamma: [5, positive],
  },
  formula: ({ targets, predictions, signalToNoise }, { prediction, weighting, gamma }) => {
    const errors = ofExamples(meanSquare, predictions, targets, null);
    if (weighting === 'none') return dependingOn(errors, signalToNoise);
    // Without noise it is infinite.
    const ratio = atMost(signalToNoise, isHalf() ? 6e4 : 3e38);
    return mulNoNan(weightsOf[prediction](ratio, weighting === 'snr' ? Infinity : gamma), errors);
  },
});

const meanSquare = /* @__PURE__ */ exampleFormula((predictions, targets) =>
  mul(sum(square(sub(predictions, targets)), 1), 1 / (predictions.shape[1] as number)),
);

const weightsOf: Readonly<Record<DiffusionOptions['prediction'], (ratio: Tensor, most: number) => Tensor>> = {
  noise: (ratio, most) => where(less(most, ratio), div(most, where(less(most, ratio), ratio, 1)), 1),
  sample: atMost,
  velocity: (ratio, most) => div(atMost(ratio, most), add(ratio, 1)),
};
