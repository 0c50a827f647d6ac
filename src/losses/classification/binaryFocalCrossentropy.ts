import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { exponent, flag, fractionOrNull, orNull, within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { atLeast, boundedPower, mulNoNan, tanh } from '../../numerics/functions.js';
import { otherLabel } from '../../numerics/logistic.js';
import { representable, where } from '../../numerics/portable.js';
import { ratio } from '../../numerics/quotient.js';
import { minus, over } from '../../numerics/scalars.js';
import { sum } from '../../numerics/sum.js';
import { add, div, less, mul, sub } from '../../tfjs/ops.js';
import { binaryOptions, type BinaryOptions } from './common/binary.js';
import { binarySurprise, focusFactor } from '../common/surprises.js';
import type { FocusOption } from './common/focal.js';
import { smoothed } from './common/smoothed.js';

export interface BinaryFocalCrossentropyOptions extends BinaryOptions, FocusOption {
  /** How much a label of 1 counts, from 0 to 1; a label of 0 counts 1 − α. Default null, both count 1. */
  readonly alpha: number | null;
  /** The probability t of the true label below which its loss is not reduced. Default null, none. */
  readonly reducedThreshold: number | null;
  /** Divides by the sum, at least `epsilon`, of the factors (1 − p_t)^γ of all positions that count. Default false. */
  readonly normalized: boolean;
}

/**
 * Binary focal cross-entropy: α_t·(1 − p_t)^γ·(−w·y·ln p − (1 − y)·ln(1 − p)), with w = `posWeight`, the probability of
 * the true label p_t = y·p + (1 − y)·(1 − p) and α_t = y·α + (1 − y)·(1 − α). With `reducedThreshold` t the factor is
 * ((1 − p_t)/t)^γ, and 1 where p_t < t.
 *
 * Shapes `(...),(...)->(...)`. In nats.
 *
 * Predictions are probabilities, or logits with `fromLogits`. The logarithms of probabilities, and 1 − p_t in the
 * derivative of a power below 1, are bounded at `epsilon`, so that no gradient is NaN or vanishes where it should not.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Lin et al. (2017), doi:10.1109/ICCV.2017.324; Keras `BinaryFocalCrossentropy` (`apply_class_balancing` is an
 * `alpha` other than null), torchvision `sigmoid_focal_loss`, optax `sigmoid_focal_loss`, segmentation_models_pytorch
 * `FocalLoss`; `reducedThreshold`: Sergievskiy & Ponamarev (2019), doi:10.48550/arXiv.1903.01347; `normalized`:
 * doi:10.48550/arXiv.1909.07829.
 * @example binaryFocalCrossentropy([1, 0], [0.5, 0.5]) // [0.1733, 0.1733]
 * @function
 */
export const binaryFocalCrossentropy: Loss<BinaryFocalCrossentropyOptions> =
  /* @__PURE__ */ defineLoss<BinaryFocalCrossentropyOptions>({
    name: 'binaryFocalCrossentropy',
    aliases: { binaryFocal: {}, sigmoidFocal: { fromLogits: true } },
    keras: {
      className: 'BinaryFocalCrossentropy',
      options: { fromLogits: 'from_logits', labelSmoothing: 'label_smoothing', gamma: 'gamma', alpha: 'alpha' },
      write: ({ alpha }) => ({ alpha: alpha ?? 0.25, apply_class_balancing: alpha !== null }),
      read: ({ apply_class_balancing: balances, alpha = 0.25 }) => ({
        alpha: balances === true ? Number(alpha) : null,
      }),
      ignored: ['apply_class_balancing', 'axis'],
    },
    signature: '(...),(...)->(...)',
    isOfBatch: ({ normalized }) => normalized,
    domains: ({ fromLogits }) => [probability, fromLogits ? logit : probability],
    options: {
      ...binaryOptions,
      gamma: [2, exponent],
      alpha: [null, fractionOrNull],
      reducedThreshold: [null, /* @__PURE__ */ orNull(within(1e-6, 1))],
      normalized: [false, flag],
    },
    formula: ({ labels, predictions }, options, valid) => {
      const { alpha, epsilon, normalized } = options;
      const y = smoothed(labels, options.labelSmoothing, 2);
      const factor = focus(y, predictions, options);
      const focused = mul(factor, binarySurprise(y, predictions, options));
      const balanced = alpha === null ? focused : mulNoNan(ofLabel(y, alpha, minus(1, alpha)), focused);
      return normalized
        ? ratio(balanced, atLeast(sum(valid ? where(valid, factor, 0) : factor), representable(epsilon)))
        : balanced;
    },
  });

/** What is so of a label of 1, and of a label of 0, in the shares of the two. */
const ofLabel = (y: Tensor, one: Tensor | number, zero: Tensor | number): Tensor =>
  add(mul(y, one), mul(sub(1, y), zero));

/** (1 − p_t)^γ, reduced or not. */
function focus(
  y: Tensor,
  predictions: Tensor,
  { fromLogits, gamma, epsilon, reducedThreshold, normalized }: BinaryFocalCrossentropyOptions,
): Tensor {
  // The sum of all factors, by which `normalized` divides, is no loss that is 0 where they are.
  const factorOf = normalized ? boundedPower : focusFactor;
  const missing = fromLogits ? otherLabel(y, predictions) : ofLabel(y, sub(1, predictions), predictions);
  if (reducedThreshold === null) return factorOf(missing, gamma, epsilon);
  // p_t < t as (2y − 1)·(2p − 1) < 2t − 1, which is sure of its sign around 0.
  const isFar = constant(() => {
    const lead = fromLogits ? tanh(mul(0.5, predictions)) : sub(mul(2, predictions), 1);
    return less(mul(sub(mul(2, y), 1), lead), minus(over(reducedThreshold, 0.5), 1));
  });
  return where(isFar, 1, factorOf(div(missing, reducedThreshold), gamma, epsilon));
}
