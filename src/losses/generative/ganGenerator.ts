import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, real } from '../../definition/domain.js';
import { oneOf } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { mul, neg, square, sub } from '../../tfjs/ops.js';

export interface GanGeneratorOptions {
  /** What the game is about. Default `'nonSaturating'`. */
  readonly objective: 'nonSaturating' | 'minimax' | 'leastSquares' | 'hinge' | 'wasserstein';
}

type Inputs = readonly [fake: TensorInput];

/**
 * Loss of the generator of a generative adversarial net: ln(1 + e^(−f)), with the scores f that the discriminator, or critic,
 * gives to generated examples.
 *
 * Shapes `(...)->(...)`. In nats, for the objective `'nonSaturating'`.
 *
 * Other objectives: `'minimax'` −ln(1 + e^f), whose gradient vanishes where the discriminator is sure; `'leastSquares'`
 * ½·(f − 1)²; `'hinge'` and `'wasserstein'` −f.
 *
 * @throws if an option is unknown.
 * @see Goodfellow et al. (2014), doi:10.48550/arXiv.1406.2661; Mao et al. (2017), doi:10.1109/ICCV.2017.304; Arjovsky et
 * al. (2017), doi:10.48550/arXiv.1701.07875; TF-GAN `modified_generator_loss`.
 * @example ganGenerator([2, -1], { objective: 'leastSquares' }) // [0.5, 2]
 * @function
 */
export const ganGenerator: Loss<GanGeneratorOptions, Inputs> = /* @__PURE__ */ defineLoss<
  GanGeneratorOptions,
  'fake',
  Inputs
>({
  name: 'ganGenerator',
  aliases: { generator: {} },
  signature: '(...)->(...)',
  inputs: ['fake'],
  domains: ({ objective }) => [objective === 'nonSaturating' || objective === 'minimax' ? logit : real],
  options: {
    objective: [
      'nonSaturating',
      /* @__PURE__ */ oneOf('nonSaturating', 'minimax', 'leastSquares', 'hinge', 'wasserstein'),
    ],
  },
  formula: ({ fake }, { objective }) => ofScores[objective](fake),
});

const ofScores: Readonly<Record<GanGeneratorOptions['objective'], (scores: Tensor) => Tensor>> = {
  nonSaturating: (scores) => softplus(neg(scores)),
  minimax: (scores) => neg(softplus(scores)),
  leastSquares: (scores) => mul(0.5, square(sub(scores, 1))),
  hinge: (scores) => neg(scores),
  wasserstein: (scores) => neg(scores),
};
