import { add, mul, neg, sub } from '@tensorflow/tfjs-core';
import { defineLoss, type Loss } from '../../core/define.js';
import { boundedLog, mulNoNan, softplus } from '../../core/numerics.js';
import { flag, fraction, integerOrNull, logarithmBase, probabilityFloor, scalarOrPerLast } from '../../core/kinds.js';
import type { TensorInput } from '../../core/options.js';
import type { BaseOption } from '../../core/sharedOptions.js';

export interface BinaryCrossentropyOptions extends BaseOption {
  /** Predictions are logits, not probabilities. Default false. */
  readonly fromLogits: boolean;
  /** Share s, from 0 to 1, by which labels are drawn towards ½: y·(1 − s) + s/2. Default 0. */
  readonly labelSmoothing: number;
  /** How much a positive label counts: a number, or one per entry of the last axis. Default null, 1. */
  readonly posWeight: TensorInput | null;
  /** Lower bound of p and 1 − p in the logarithm. Default 1e-7. */
  readonly epsilon: number;
  /** A label that marks positions which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

/**
 * Binary cross-entropy: −w·y·ln p − (1 − y)·ln(1 − p), with w = `posWeight`; labels may lie between 0 and 1.
 *
 * Shapes `(...),(...)->(...)`. In nats, or in the unit of `base`: 2 bits, 10 hartleys.
 *
 * Predictions are probabilities, or logits with `fromLogits`. The logarithms of probabilities are bounded at
 * `epsilon`, but the gradient does not vanish there.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Keras `BinaryCrossentropy`, PyTorch `binary_cross_entropy_with_logits`, optax
 * `sigmoid_binary_cross_entropy`, TensorFlow `weighted_cross_entropy_with_logits`, tf.losses `logLoss`.
 * @example binaryCrossentropy([1, 0], [0.75, 0.5], { base: 2 }) // [0.415, 1]
 * @function
 */
export const binaryCrossentropy: Loss<BinaryCrossentropyOptions> =
  /* @__PURE__ */ defineLoss<BinaryCrossentropyOptions>({
    name: 'binaryCrossentropy',
    keras: {
      className: 'BinaryCrossentropy',
      options: { fromLogits: 'from_logits', labelSmoothing: 'label_smoothing' },
    },
    signature: '(...),(...)->(...)',
    domains: ({ fromLogits }) => ['probability', fromLogits ? 'logit' : 'probability'],
    options: {
      fromLogits: [false, flag],
      labelSmoothing: [0, fraction],
      posWeight: [null, scalarOrPerLast],
      base: [Math.E, logarithmBase],
      epsilon: [1e-7, probabilityFloor],
      ignoreIndex: [null, integerOrNull],
    },
    formula: ({ labels, predictions }, { fromLogits, labelSmoothing, posWeight, epsilon }) => {
      const positive = labelSmoothing === 0 ? labels : add(mul(1 - labelSmoothing, labels), labelSmoothing / 2);
      const negative = sub(1, positive);
      const weighted = posWeight === null ? positive : mul(posWeight, positive);
      // −ln σ(x) = softplus(−x), and −ln(1 − σ(x)) = softplus(x).
      const [ifPositive, ifNegative] = fromLogits
        ? [softplus(neg(predictions)), softplus(predictions)]
        : [neg(boundedLog(predictions, epsilon)), neg(boundedLog(sub(1, predictions), epsilon))];
      return add(mulNoNan(weighted, ifPositive), mulNoNan(negative, ifNegative));
    },
  });
