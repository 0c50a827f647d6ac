import type { Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from '../../definition/definition.js';
import { classIndex, logit } from '../../definition/domain.js';
import { flag, fraction, labelOrNull, oneOf, squaredTemperature } from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { dependingOn, detached } from '../../numerics/autodiff.js';
import { isClass } from '../../numerics/isClass.js';
import { minus } from '../../numerics/scalars.js';
import { logSoftmaxAt } from '../../numerics/softmax.js';
import { jensenShannonDivergence } from '../common/jensenShannonDivergence.js';
import { add, mul, neg } from '../../tfjs/ops.js';

/** Which divergence of the teacher's and the student's probabilities is taken. */
export type DistillationDivergence = 'forward' | 'reverse' | 'jensenShannon';

export interface DistillationOptions {
  /** Share α, from 0 to 1, of the divergence; the cross-entropy has the rest. Default 0.5. */
  readonly alpha: number;
  /** Divides the logits of both sides in the divergence. Default 1. */
  readonly temperature: number;
  /** The divergence is multiplied by the square of the temperature, so that its gradient keeps its size. Default true. */
  readonly scaleByTemperature: boolean;
  /**
   * KL(teacher‖student), `'forward'` (default), KL(student‖teacher), `'reverse'`, or `'jensenShannon'`, of both from their
   * mixture.
   */
  readonly divergence: DistillationDivergence;
  /** Share β, from 0 to 1, of the teacher in the mixture. 0 gives `'forward'`, 1 gives `'reverse'`. Default 0.5. */
  readonly beta: number;
  /** A label that marks positions which do not count, by either part; null: none. Default -100. */
  readonly ignoreIndex: number | null;
  /** The teacher's logits are constant in the gradient. Default true. */
  readonly detachTeacher: boolean;
}

type Inputs = readonly [labels: TensorInput, predictions: TensorInput, teacher: TensorInput];

/**
 * Distillation loss of the logits x of a student, for class indices y and the logits t of a teacher:
 * (1 − α)·CE + α·T²·D, with the cross-entropy CE = −ln softmax(x)_y and a divergence D of softmax(t ÷ T) and softmax(x ÷ T).
 *
 * Shapes `(...),(...,C),(...,C)->(...)`. In nats.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range. Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Hinton et al. (2015), doi:10.48550/arXiv.1503.02531; Agarwal et al. (2024), arXiv:2306.13649; the distillation
 * example of Keras, Liger `LigerFusedLinearJSD` and `LigerKLDIVLoss`, which have no factor T².
 * @example distillation([0], [[1, 0]], [[2, 0]]) // [0.1902]
 * @function
 */
export const distillation: Loss<DistillationOptions, Inputs> = /* @__PURE__ */ defineLoss<
  DistillationOptions,
  'labels' | 'predictions' | 'teacher',
  Inputs
>({
  name: 'distillation',
  aliases: { knowledgeDistillation: {} },
  signature: '(...),(...,C),(...,C)->(...)',
  inputs: ['labels', 'predictions', 'teacher'],
  domains: [classIndex, logit, logit],
  options: {
    alpha: [0.5, fraction],
    temperature: [1, squaredTemperature],
    scaleByTemperature: [true, flag],
    divergence: ['forward', /* @__PURE__ */ oneOf('forward', 'reverse', 'jensenShannon')],
    beta: [0.5, fraction],
    ignoreIndex: [-100, labelOrNull],
    detachTeacher: [true, flag],
  },
  formula: ({ labels, predictions, teacher }, options) => {
    const { alpha, temperature, scaleByTemperature, detachTeacher } = options;
    const surprise = neg(logSoftmaxAt(predictions, isClass(labels, predictions.shape.at(-1) ?? 1)));
    // What has no share may be infinite.
    if (alpha === 0) return dependingOn(surprise, teacher);
    const divergence = divergenceOf(detachTeacher ? detached(teacher) : teacher, predictions, options);
    const scaled = scaleByTemperature ? mul(temperature, mul(temperature, divergence)) : divergence;
    return alpha === 1 ? scaled : add(mul(minus(1, alpha), surprise), mul(alpha, scaled));
  },
});

const shares = { forward: 0, reverse: 1 };

function divergenceOf(
  teacher: Tensor,
  student: Tensor,
  { divergence, beta, temperature }: DistillationOptions,
): Tensor {
  const share = divergence === 'jensenShannon' ? beta : shares[divergence];
  return jensenShannonDivergence(teacher, student, formats, { beta: share, temperature });
}

const formats = { labelFormat: 'logits', predictionFormat: 'logits', epsilon: null } as const;
