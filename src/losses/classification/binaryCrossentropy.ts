import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import { logarithmBase } from '../../definition/kinds.js';
import type { BaseOption } from '../../definition/sharedOptions.js';
import { defineLoss } from '../../loss/define.js';
import { binarySurprise } from '../common/surprises.js';
import { binaryOptions, type BinaryOptions } from './common/binary.js';
import { smoothed } from './common/smoothed.js';

export interface BinaryCrossentropyOptions extends BinaryOptions, BaseOption {}

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
    aliases: {
      bce: {},
      logLoss: {},
      bceWithLogits: { fromLogits: true },
      binaryCrossEntropyWithLogits: { fromLogits: true },
      sigmoidCrossEntropy: { fromLogits: true },
      sigmoidCrossEntropyWithLogits: { fromLogits: true },
      sigmoidBinaryCrossEntropy: { fromLogits: true },
    },
    keras: {
      className: 'BinaryCrossentropy',
      options: { fromLogits: 'from_logits', labelSmoothing: 'label_smoothing' },
      // Over which axis Keras averages first.
      ignored: ['axis'],
    },
    signature: '(...),(...)->(...)',
    domains: ({ fromLogits }) => [probability, fromLogits ? logit : probability],
    options: { ...binaryOptions, base: [Math.E, logarithmBase] },
    formula: ({ labels, predictions }, options) =>
      binarySurprise(smoothed(labels, options.labelSmoothing, 2), predictions, options),
  });
