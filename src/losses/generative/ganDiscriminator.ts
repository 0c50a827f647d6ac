import { relu, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, real as realNumber } from '../../definition/domain.js';
import { fraction, oneOf } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { minus } from '../../numerics/scalars.js';
import { add, mul, neg, square, sub } from '../../tfjs/ops.js';

export interface GanDiscriminatorOptions {
  /** What the game is about. Default `'minimax'`. */
  readonly objective: 'minimax' | 'leastSquares' | 'hinge' | 'wasserstein';
  /** By how much s the label 1 of real examples is smaller, from 0 to 1: minimax and least squares only. Default 0. */
  readonly labelSmoothing: number;
}

type Inputs = readonly [real: TensorInput, fake: TensorInput];

/**
 * Loss of the discriminator, or critic, of a generative adversarial net: ln(1 + e^(−r)) + ln(1 + e^f), with its scores r
 * for real examples and f for generated ones. With labels of 1 − s: (1 − s)·ln(1 + e^(−r)) + s·ln(1 + e^r) + ln(1 + e^f).
 *
 * Shapes `(...),(...)->(...)`. In nats, for the objective `'minimax'`.
 *
 * Other objectives: `'leastSquares'` ½·(r − 1 + s)² + ½·f², `'hinge'` max(0, 1 − r) + max(0, 1 + f), `'wasserstein'` f − r.
 *
 * @throws if the shapes differ, `labelSmoothing` does not go with the objective, or an option is unknown or out of range.
 * @see Goodfellow et al. (2014), doi:10.48550/arXiv.1406.2661; Mao et al. (2017), doi:10.1109/ICCV.2017.304; Lim & Ye
 * (2017), doi:10.48550/arXiv.1705.02894; Arjovsky et al. (2017), doi:10.48550/arXiv.1701.07875; TF-GAN
 * `minimax_discriminator_loss`, whose label smoothing is twice this one.
 * @example ganDiscriminator([2], [-1], { objective: 'leastSquares' }) // [1]
 * @function
 */
export const ganDiscriminator: Loss<GanDiscriminatorOptions, Inputs> = /* @__PURE__ */ defineLoss<
  GanDiscriminatorOptions,
  'real' | 'fake',
  Inputs
>({
  name: 'ganDiscriminator',
  aliases: { discriminator: {} },
  signature: '(...),(...)->(...)',
  inputs: ['real', 'fake'],
  domains: ({ objective }) => (objective === 'minimax' ? [logit, logit] : [realNumber, realNumber]),
  options: {
    objective: ['minimax', /* @__PURE__ */ oneOf('minimax', 'leastSquares', 'hinge', 'wasserstein')],
    labelSmoothing: [0, fraction],
  },
  check: ({ objective, labelSmoothing }) =>
    labelSmoothing !== 0 && (objective === 'hinge' || objective === 'wasserstein')
      ? `labelSmoothing is ${labelSmoothing}; expected 0 for the objective "${objective}", which has no labels`
      : undefined,
  formula: ({ real, fake }, { objective, labelSmoothing }) =>
    add(ofReal[objective](real, labelSmoothing), ofFake[objective](fake)),
});

type Objective = GanDiscriminatorOptions['objective'];

const ofReal: Readonly<Record<Objective, (scores: Tensor, smoothing: number) => Tensor>> = {
  // ln(1 + eʳ) is r more than ln(1 + e⁻ʳ).
  minimax: (scores, smoothing) =>
    smoothing === 0 ? softplus(neg(scores)) : add(softplus(neg(scores)), mul(smoothing, scores)),
  leastSquares: (scores, smoothing) => mul(0.5, square(sub(scores, minus(1, smoothing)))),
  hinge: (scores) => relu(sub(1, scores)),
  wasserstein: (scores) => neg(scores),
};

const ofFake: Readonly<Record<Objective, (scores: Tensor) => Tensor>> = {
  minimax: softplus,
  leastSquares: (scores) => mul(0.5, square(scores)),
  hinge: (scores) => relu(add(1, scores)),
  wasserstein: (scores) => scores,
};
