import type { Loss } from '../../definition/definition.js';
import { held, real } from '../../definition/domain.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { mulNoNan } from '../../numerics/functions.js';
import { neg } from '../../tfjs/ops.js';

type Inputs = readonly [advantages: TensorInput, logProbs: TensorInput];

/**
 * Policy gradient loss (REINFORCE): −A·ln π, of the advantage A of an action, or of the return that followed it, and the
 * logarithm ln π of its probability or density under the policy.
 *
 * Shapes `(...),(...)->(...)`. In the units of the advantages.
 *
 * The advantages are held constant: the derivative for them is 0.
 *
 * @throws if the shapes differ or an option is unknown.
 * @see Williams (1992), doi:10.1007/BF00992696; rlax `policy_gradient_loss`.
 * @example policyGradient([2, -1], [-0.5, -1.5]) // [1, -1.5]
 * @function
 */
export const policyGradient: Loss<object, Inputs> = /* @__PURE__ */ defineLoss<
  object,
  'advantages' | 'logProbs',
  Inputs
>({
  name: 'policyGradient',
  aliases: { reinforce: {} },
  signature: '(...),(...)->(...)',
  inputs: ['advantages', 'logProbs'],
  domains: [/* @__PURE__ */ held(real), real],
  options: {},
  formula: ({ advantages, logProbs }) => neg(mulNoNan(advantages, logProbs)),
});
