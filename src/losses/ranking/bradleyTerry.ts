import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { finite, numberOrPerPosition } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { softplus } from '../../numerics/functions.js';
import { sub } from '../../tfjs/ops.js';

export interface BradleyTerryOptions {
  /**
   * By how much the chosen score is to exceed the rejected one: a number, or one for each pair, in a tensor that
   * broadcasts. Default 0.
   */
  readonly margin: TensorInput;
}

type Inputs = readonly [chosen: TensorInput, rejected: TensorInput];

/**
 * Bradley-Terry loss of the scores c of what was chosen and r of what was rejected: −ln σ(c − r − m), with σ the logistic
 * function and m the margin. Of reward models, and, as Bayesian personalised ranking, of items that users took and did not
 * take.
 *
 * Shapes `(...),(...)->(...)`. In nats.
 *
 * @throws if the shapes do not fit or an option is unknown or out of range.
 * @see Bradley & Terry (1952), doi:10.1093/biomet/39.3-4.324; Rendle et al. (2009), doi:10.48550/arXiv.1205.2618; TRL
 * `RewardTrainer` (`margin`), recommenders' BPR.
 * @example bradleyTerry([2, 0.5], [0, 0.5]) // [0.1269, 0.6931]
 * @function
 */
export const bradleyTerry: Loss<BradleyTerryOptions, Inputs> = /* @__PURE__ */ defineLoss<
  BradleyTerryOptions,
  'chosen' | 'rejected',
  Inputs
>({
  name: 'bradleyTerry',
  aliases: { bayesianPersonalizedRanking: {}, bpr: {} },
  signature: '(...),(...)->(...)',
  inputs: ['chosen', 'rejected'],
  domains: [real, real],
  options: { margin: [0, /* @__PURE__ */ numberOrPerPosition(finite)] },
  formula: ({ chosen, rejected }, { margin }) => softplus(sub(margin as Tensor | number, sub(chosen, rejected))),
});
