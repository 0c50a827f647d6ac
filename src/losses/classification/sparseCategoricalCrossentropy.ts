import { kernels } from '../../call/kernelSlots.js';
import { shortcut } from '../../call/shortcut.js';
import type { Loss } from '../../definition/definition.js';
import { classIndex, distribution, logit } from '../../definition/domain.js';
import { labelOrNull } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { NORMALIZED } from '../common/classes.js';
import { crossentropyConflict, crossentropyOptions, type CrossentropyOptions } from '../common/crossentropyOptions.js';
import { isPlain, sparseCrossentropy } from '../common/sparseCrossentropy.js';

export interface SparseCrossentropyOptions extends CrossentropyOptions {
  /** A label that marks positions which do not count, such as -1 or -100. Default null, none. */
  readonly ignoreIndex: number | null;
}

/**
 * Categorical cross-entropy of labels given as class indices y:
 * −(1 − s)·w_y·ln p_y − s/C·Σ_c w_c·ln p_c, plus zLoss·(ln Σ_c e^{x_c})². The value is that of
 * `categoricalCrossentropy` with one-hot labels; no one-hot labels are made.
 *
 * Shapes `(...),(...,C)->(...)`; labels may have a last axis of 1. In nats, or in the unit of `base`.
 *
 * `reduction: 'weightedMean'` divides by the summed class weights of the labels, as PyTorch does.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range. Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Keras `SparseCategoricalCrossentropy` (`ignore_class`), PyTorch `cross_entropy` (`ignore_index`, `weight`,
 * `label_smoothing`), optax `softmax_cross_entropy_with_integer_labels`; z-loss: Chowdhery et al. (2022),
 * doi:10.48550/arXiv.2204.02311; softcap: Gemma Team (2024), doi:10.48550/arXiv.2408.00118.
 * @example sparseCategoricalCrossentropy([0], [[3.2, 1.3, 0.2, 0.8]], { fromLogits: true, base: 2 }) // [0.3675]
 * @function
 */
export const sparseCategoricalCrossentropy: Loss<SparseCrossentropyOptions> =
  /* @__PURE__ */ defineLoss<SparseCrossentropyOptions>({
    name: 'sparseCategoricalCrossentropy',
    aliases: {
      scce: {},
      CrossEntropyLoss: { fromLogits: true, ignoreIndex: -100 },
      sparseSoftmaxCrossEntropy: { fromLogits: true },
      sparseSoftmaxCrossEntropyWithLogits: { fromLogits: true },
      softmaxCrossEntropyWithIntegerLabels: { fromLogits: true },
      // Of cosines.
      normalizedSoftmax: { fromLogits: true, temperature: 0.05 },
      proxyNca: { fromLogits: true, temperature: 0.5 },
    },
    keras: {
      className: 'SparseCategoricalCrossentropy',
      options: { fromLogits: 'from_logits', ignoreIndex: 'ignore_class', axis: 'axis' },
      // On TensorFlow, Keras has no other.
      can: ({ axis }) => axis === -1,
    },
    sibling: 'categoricalCrossentropy',
    signature: '(...),(...,C)->(...)',
    domains: ({ fromLogits }) => [classIndex, fromLogits ? logit : distribution],
    range: NORMALIZED,
    options: { ...crossentropyOptions, ignoreIndex: [null, labelOrNull] },
    check: crossentropyConflict,
    formula: ({ labels, predictions }, options) => sparseCrossentropy(labels, predictions, options),
    shortcut: /* @__PURE__ */ shortcut<SparseCrossentropyOptions, 'labels' | 'predictions'>(
      ({ options, inputs, areInRange }) => {
        if (!kernels.crossentropy || !areInRange || !isPlain(options)) return null;
        const values = kernels.crossentropy(inputs, (labels, x) => sparseCrossentropy(labels, x, options).values);
        return values && { values };
      },
    ),
  });
