import { isBefore } from '../../config/versions.js';
import { ofMasks } from '../../call/oneHot.js';
import type { Loss } from '../../definition/definition.js';
import { logit, probability } from '../../definition/domain.js';
import type { KerasTarget } from '../../definition/kerasFacts.js';
import { nonNegative, within } from '../../definition/kinds.js';
import { defineLoss } from '../../loss/define.js';
import { overlapConflict, overlapInKeras, overlapLoss, overlapOptions, type OverlapOptions } from './common/overlap.js';
import { segmentationSignature } from './common/segmentation.js';

export interface TverskyOptions extends OverlapOptions {
  /** How much false positives count. Default 0.5. */
  readonly alpha: number;
  /** How much false negatives count. Default 0.5. */
  readonly beta: number;
  /** The power γ of the loss of each class. Default 1. */
  readonly gamma: number;
}

/**
 * Tversky loss: of each class (1 − (I + s) ÷ max(I + α·(P − I) + β·(T − I) + s, ε))^γ, where I = Σ y·p is the overlap
 * of labels and predictions, T = Σ y and P = Σ p are their sizes and s = `smooth`; the mean over the classes. It is
 * `dice` for α = β = ½ and `jaccard` for α = β = 1.
 *
 * Shapes `(B,...,C),(B,...,C)->(B)`, or `->()` with `axis: 'batch'` or `'all'`; a list of axes leaves all others. Labels may be
 * class indices `(B,...)`, or with a single class the mask itself. Without unit, from 0 to 1, unless `logLoss`.
 *
 * Weights of examples, `(B)`, weigh values; with axes of pixels, they multiply the part of each pixel in all sums.
 *
 * A mask `(B,...)` removes pixels, one of the shape of the predictions single entries.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or out of
 * range.
 * @see Salehi et al. (2017), doi:10.1007/978-3-319-67389-9_44; γ: Abraham & Khan (2019), doi:10.1109/ISBI.2019.8759329;
 * segmentation_models_pytorch `TverskyLoss` (γ is the power of the mean there), optax `dice_loss`, Keras `Tversky` (up
 * to 3.15 α and β are swapped there).
 * @example tversky([[0, 1, 1]], [[[0.5], [0.5], [1]]], { alpha: 0.25, beta: 0.75, smooth: 0 }) // [0.25]
 * @function
 */
export const tversky: Loss<TverskyOptions> = /* @__PURE__ */ defineLoss<TverskyOptions>({
  name: 'tversky',
  keras: {
    className: 'Tversky',
    options: { axis: 'axis', alpha: 'alpha', beta: 'beta' },
    ...overlapInKeras,
    can: (options, { kerasVersion }) =>
      overlapInKeras.can(options) && (kerasVersion !== undefined || options.alpha === options.beta),
    write: (options, target) => ({ ...overlapInKeras.write(options), ...asIn(target, options.alpha, options.beta) }),
    read: (config, target) => ({
      ...overlapInKeras.read(config),
      ...asIn(target, Number(config['alpha'] ?? 0.5), Number(config['beta'] ?? 0.5)),
    }),
  },
  signature: ({ axis }, rank) => segmentationSignature('tversky', axis, rank),
  domains: ({ fromLogits }) => [probability, fromLogits ? logit : probability],
  takesIndices: ofMasks,
  options: {
    ...overlapOptions,
    alpha: [0.5, nonNegative],
    beta: [0.5, nonNegative],
    gamma: [1, /* @__PURE__ */ within(1e-3, 32)],
  },
  check: overlapConflict,
  weighsEntries: true,
  .../* @__PURE__ */ overlapLoss<TverskyOptions>('tversky', (options) => options),
});

/** Keras weighed false negatives by α, before 3.16. */
const asIn = ({ kerasVersion }: KerasTarget, alpha: number, beta: number): Pick<TverskyOptions, 'alpha' | 'beta'> =>
  isBefore(kerasVersion, '3.16') ? { alpha: beta, beta: alpha } : { alpha, beta };
