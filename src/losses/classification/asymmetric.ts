import { lessEqual, log, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { exponent, fraction } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { mulNoNan, sigmoid } from '../../numerics/functions.js';
import { where } from '../../numerics/portable.js';
import { add, neg, sub } from '../../tfjs/ops.js';
import { focused, logitSurprises } from '../common/surprises.js';

export interface AsymmetricOptions {
  /** The power γ₊ of 1 − p for positive labels. Default 1. */
  readonly gammaPositive: number;
  /** The power γ₋ of p for negative labels. Default 4. */
  readonly gammaNegative: number;
  /** The probability m, from 0 to 1, up to which a negative label costs nothing. Default 0.05. */
  readonly clip: number;
}

/**
 * Asymmetric loss of many labels, most of them negative: −y·(1 − p)^γ₊·ln p − (1 − y)·(1 − q)^γ₋·ln q, with p = σ(x) of
 * the logit x and q = min(1 − p + m, 1), m = `clip`.
 *
 * Shapes `(...),(...)->(...)`. In nats.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Ridnik et al. (2021), doi:10.1109/ICCV48922.2021.00015; timm `AsymmetricLossMultiLabel`.
 * @example asymmetric([1, 0], [0, 0]) // [0.3466, 0.0245]
 * @function
 */
export const asymmetric: Loss<AsymmetricOptions> = /* @__PURE__ */ defineLoss<AsymmetricOptions>({
  name: 'asymmetric',
  aliases: { asl: {} },
  signature: '(...),(...)->(...)',
  domains: [probability, logit],
  options: { gammaPositive: [1, exponent], gammaNegative: [4, exponent], clip: [0.05, fraction] },
  formula: ({ labels, predictions }, { gammaPositive, gammaNegative, clip }) => {
    const [ifPositive, ifNegative] = logitSurprises(predictions);
    const { logRest, surprise } =
      clip === 0 ? { logRest: neg(ifPositive), surprise: ifNegative } : shifted(predictions, clip);
    // Powers of probabilities by their logarithms, whose derivatives are finite: (1 − p)^γ = e^(γ·ln(1 − p)).
    return add(
      mulNoNan(labels, focused(gammaPositive, neg(ifNegative), ifPositive)),
      mulNoNan(sub(1, labels), focused(gammaNegative, logRest, surprise)),
    );
  },
});

/** ln(1 − q) and −ln q, and 0 for both where q is bounded to 1. */
function shifted(logits: Tensor, clip: number): { readonly logRest: Tensor; readonly surprise: Tensor } {
  const p = sigmoid(logits);
  const isSpared = constant(() => lessEqual(p, clip));
  return {
    logRest: log(where(isSpared, 1, sub(p, clip))),
    surprise: neg(log(where(isSpared, 1, add(sigmoid(neg(logits)), clip)))),
  };
}
