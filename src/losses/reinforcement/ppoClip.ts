import type { Loss } from '../../definition/definition.js';
import { held, real } from '../../definition/domain.js';
import { fraction, nonNegativeOrNull } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { minus, plus } from '../../numerics/scalars.js';
import { sub } from '../../tfjs/ops.js';
import { clippedSurrogate } from '../common/clippedSurrogate.js';

export interface PpoClipOptions {
  /** How far below 1 the ratio r is still followed, from 0 to 1, and above 1 without `clipRangeHigh`. Default 0.2. */
  readonly clipRange: number;
  /** How far above 1 the ratio r is still followed. Default null, `clipRange`. */
  readonly clipRangeHigh: number | null;
}

type Inputs = readonly [advantages: TensorInput, logProbs: TensorInput, oldLogProbs: TensorInput];

/**
 * Clipped surrogate loss of proximal policy optimization: −min(r·A, clip(r, 1 − ε, 1 + ε′)·A), of the advantage A of an
 * action and the ratio r = π/π_old of its probabilities, or densities, under the policy and under the one that took it.
 * Both are given by their logarithms.
 *
 * Shapes `(...),(...),(...)->(...)`. In the units of the advantages.
 *
 * Advantages and old logarithms are held constant: the derivatives for them are 0. At a bound the derivative is that of
 * r·A.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see Schulman et al. (2017), doi:10.48550/arXiv.1707.06347; rlax `clipped_surrogate_pg_loss`, Stable-Baselines3 `PPO`.
 * @example ppoClip([1, -1], [-1, -1], [-2, -2]) // [-1.2, 2.7183]
 * @function
 */
export const ppoClip: Loss<PpoClipOptions, Inputs> = /* @__PURE__ */ defineLoss<
  PpoClipOptions,
  'advantages' | 'logProbs' | 'oldLogProbs',
  Inputs
>({
  name: 'ppoClip',
  aliases: { ppo: {}, clippedSurrogate: {} },
  signature: '(...),(...),(...)->(...)',
  inputs: ['advantages', 'logProbs', 'oldLogProbs'],
  domains: [/* @__PURE__ */ held(real), real, /* @__PURE__ */ held(real)],
  options: { clipRange: [0.2, fraction], clipRangeHigh: [null, nonNegativeOrNull] },
  formula: ({ advantages, logProbs, oldLogProbs }, { clipRange, clipRangeHigh }) => {
    const [low, high] = [minus(1, clipRange), plus(1, clipRangeHigh ?? clipRange)];
    return clippedSurrogate(advantages, sub(logProbs, oldLogProbs), { low, high, most: null });
  },
});
