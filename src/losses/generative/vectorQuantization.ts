import type { Loss } from '../../definition/definition.js';
import { real } from '../../definition/domain.js';
import { nonNegative } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { detached } from '../../numerics/autodiff.js';
import { add, mul, square, sub } from '../../tfjs/ops.js';

export interface VectorQuantizationOptions {
  /** Factor β of the commitment: how much latents are drawn to their codes. Default 0.25. */
  readonly commitment: number;
}

type Inputs = readonly [latents: TensorInput, codes: TensorInput];

/**
 * Vector quantization loss, as in VQ-VAE: (sg(z) − e)² + β·(z − sg(e))², with latents z, the codes e of the codebook that
 * are nearest to them, and sg, which holds constant. The first term draws codes to latents, the second latents to codes.
 *
 * Shapes `(...),(...)->(...)`. In the squared units of the latents.
 *
 * The derivative for codes is 2·(e − z), that for latents 2β·(z − e): none is that of the value.
 *
 * @throws if the shapes differ or an option is unknown or out of range.
 * @see van den Oord et al. (2017), doi:10.48550/arXiv.1711.00937; Keras's example `VectorQuantizer`.
 * @example vectorQuantization([[1, 2]], [[0, 2]]) // [0.625]
 * @function
 */
export const vectorQuantization: Loss<VectorQuantizationOptions, Inputs> = /* @__PURE__ */ defineLoss<
  VectorQuantizationOptions,
  'latents' | 'codes',
  Inputs
>({
  name: 'vectorQuantization',
  aliases: { vqVae: {} },
  signature: '(...),(...)->(...)',
  inputs: ['latents', 'codes'],
  domains: [real, real],
  options: { commitment: [0.25, nonNegative] },
  formula: ({ latents, codes }, { commitment }) =>
    add(square(sub(detached(latents), codes)), mul(commitment, square(sub(latents, detached(codes))))),
});
