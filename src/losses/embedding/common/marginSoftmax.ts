import type { Tensor } from '@tensorflow/tfjs-core';
import { labelOrNull, positive } from '../../../definition/kinds.js';
import type { OptionSchema } from '../../../definition/options.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { isClass } from '../../../numerics/isClass.js';
import { where } from '../../../numerics/portable.js';
import { logSoftmaxAt } from '../../../numerics/softmax.js';
import { mul, neg } from '../../../tfjs/ops.js';

/** The options of losses that make the cosine of the label harder to reach. */
export interface MarginSoftmaxOptions {
  /** The factor s of the cosines, which makes logits of them. Default 64. */
  readonly scale: number;
  /** A label that marks positions which do not count. Default null, none. */
  readonly ignoreIndex: number | null;
}

export type MarginSoftmaxInputs = readonly [labels: TensorInput, cosines: TensorInput];

export const marginSoftmaxOptions: OptionSchema<MarginSoftmaxOptions> = {
  scale: [64, positive],
  ignoreIndex: [null, labelOrNull],
};

/** −ln softmax(s·c) at the label, where the cosine c of the label is the one that is left after the margin. */
export function marginSoftmax(
  labels: Tensor,
  cosines: Tensor,
  scale: number,
  afterMargin: (cosines: Tensor) => Tensor,
): Tensor {
  const atLabel = isClass(labels, cosines.shape.at(-1) ?? 1);
  const logits = mul(scale, where(atLabel, afterMargin(cosines), cosines));
  return neg(logSoftmaxAt(logits, atLabel));
}
