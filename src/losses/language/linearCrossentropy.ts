import { slice, type Tensor } from '@tensorflow/tfjs-core';
import { shortcut } from '../../call/shortcut.js';
import type { Loss } from '../../definition/definition.js';
import { classIndex, embedding } from '../../definition/domain.js';
import { fail, show } from '../../definition/fail.js';
import {
  flag,
  fraction,
  labelOrNull,
  nonNegative,
  nonNegativeInteger,
  numbersAlong,
  perClass,
  positiveIntegerOrNull,
  positiveOrNull,
} from '../../definition/kinds.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { defineLoss } from '../../loss/define.js';
import { constant } from '../../numerics/autodiff.js';
import { inRange } from '../../numerics/isClass.js';
import { where } from '../../numerics/portable.js';
import { rowsOf } from '../../numerics/rowsOf.js';
import { sparseCrossentropy } from '../common/sparseCrossentropy.js';
import { reshape, util } from '../../tfjs/ops.js';
import { chunkedLosses, chunkedTotal, type LinearCrossentropy, type Variables } from './common/chunkedCrossentropy.js';

export interface LinearCrossentropyOptions {
  /** Added to the logits of each class, `[C]`. Default null, none. */
  readonly bias: TensorInput | null;
  /** The weight is `[D, C]`, the kernel of a dense layer, not `[C, D]`, an embedding table. Default false. */
  readonly transposeWeight: boolean;
  /** A label that marks positions which do not count; null: none. Default -100. */
  readonly ignoreIndex: number | null;
  /** One weight per class, `[C]`: how much a label of that class counts. Default null, all alike. */
  readonly classWeights: TensorInput | null;
  /** Share s, from 0 to 1, of each label that is spread evenly over all classes. Default 0. */
  readonly labelSmoothing: number;
  /** Bounds the logits x softly to ±softcap: softcap·tanh(x ÷ softcap). Default null, no bound. */
  readonly softcap: number | null;
  /** Factor of the squared log-sum-exp of the logits, which keeps them from drifting. Default 0. */
  readonly zLoss: number;
  /**
   * By how many places labels lie behind: 1 compares each hidden state with the next label, as language models do. The
   * last axis before the features gets that much shorter. Default 0.
   */
  readonly shift: number;
  /**
   * How many positions have their logits in memory at a time. Default null: 64, or more where logits then take a quarter
   * of the weight's space, or a megabyte.
   */
  readonly chunkSize: number | null;
}

type Inputs = readonly [labels: TensorInput, hidden: TensorInput, weight: TensorInput];

/**
 * Categorical cross-entropy of the logits hidden·weightᵀ + bias for class indices y, in pieces: neither the logits nor
 * their gradient are ever in memory as a whole. The value is that of `sparseCategoricalCrossentropy` from those logits:
 * −(1 − s)·w_y·ln p_y − s/C·Σ_c w_c·ln p_c, plus zLoss·(ln Σ_c e^{x_c})².
 *
 * Shapes `(...),(...,D),(C,D)->(...)`. In nats.
 *
 * For reductions to one number, other than over nonzero losses, the gradient is made along with the value; for others
 * the logits are made a second time where they are more than one chunk. `weights` and `mask` go by the shape of the result.
 *
 * @throws if the shapes do not fit, a label is no class index and not `ignoreIndex`, or an option is unknown or
 * out of range. Labels that lie on a GPU are checked with `validate: true`; a bad one gives NaN otherwise.
 * @see Wijmans et al. (2025), doi:10.48550/arXiv.2411.09009; PyTorch `linear_cross_entropy`, Liger
 * `liger_fused_linear_cross_entropy`, Apple `linear_cross_entropy`.
 * @example linearCrossentropy([1], [[1, 2]], [[0.5, 0], [1, 0.25], [0, -0.5]]) // [0.3715]
 * @function
 */
export const linearCrossentropy: Loss<LinearCrossentropyOptions, Inputs> = /* @__PURE__ */ defineLoss<
  LinearCrossentropyOptions,
  'labels' | 'hidden' | 'weight',
  Inputs
>({
  name: 'linearCrossentropy',
  aliases: { fusedLinearCrossentropy: {}, cutCrossentropy: {} },
  signature: ({ transposeWeight }) => `(...),(...,D),${transposeWeight ? '(D,C)' : '(C,D)'}->(...)`,
  inputs: ['labels', 'hidden', 'weight'],
  domains: [classIndex, embedding, embedding],
  options: {
    bias: [null, numbersAlong('C')],
    transposeWeight: [false, flag],
    ignoreIndex: [-100, labelOrNull],
    classWeights: [null, perClass],
    labelSmoothing: [0, fraction],
    softcap: [null, positiveOrNull],
    zLoss: [0, nonNegative],
    shift: [0, nonNegativeInteger],
    chunkSize: [null, positiveIntegerOrNull],
  },
  shift: ([labels, hidden, weight], { shift }) => {
    if (shift === 0 || !labels || !hidden || !weight) return undefined;
    const steps = labels.rank - 1;
    if (!util.arraysEqual(labels.shape, hidden.shape.slice(0, -1)) || (labels.shape[steps] ?? 0) < shift) {
      const came = `labels has shape ${show(labels.shape)} and hidden has shape ${show(hidden.shape)}`;
      fail('linearCrossentropy', `${came}; expected labels (...), hidden (...,D) with at least shift = ${shift} steps`);
    }
    return [without(labels, steps, shift, shift), without(hidden, steps, shift, 0), weight];
  },
  formula: ({ labels, hidden, weight }, options) => {
    const { variables, rows, loss } = flattened(labels, hidden, weight, options);
    return {
      values: reshape(chunkedLosses(variables, rows, loss), labels.shape),
      ownWeight: ownWeightOf(labels, options),
    };
  },
  shortcut: /* @__PURE__ */ shortcut<LinearCrossentropyOptions, 'labels' | 'hidden' | 'weight'>(
    ({ options, inputs, factors }) => {
      if (!factors) return null;
      const { labels, hidden, weight } = inputs();
      const { variables, rows, loss } = flattened(labels, hidden, weight, options);
      return {
        total: chunkedTotal(variables, rows, reshape(factors(), [-1]), loss),
        ownWeight: ownWeightOf(labels, options),
      };
    },
  ),
});

/** A tensor with fewer entries along an axis: those from a place on. */
function without(x: Tensor, axis: number, count: number, from: number): Tensor {
  const begin = x.shape.map((_, i) => (i === axis ? from : 0));
  return slice(
    x,
    begin,
    x.shape.map((size, i) => (i === axis ? size - count : size)),
  );
}

function flattened(
  labels: Tensor,
  hidden: Tensor,
  weight: Tensor,
  options: LinearCrossentropyOptions,
): { variables: Variables; rows: Tensor; loss: LinearCrossentropy } {
  const { bias, classWeights, transposeWeight, chunkSize } = options;
  const features = hidden.shape.at(-1) as number;
  const classes = weight.shape[transposeWeight ? 1 : 0] as number;
  return {
    variables: {
      hidden: reshape(hidden, [-1, features]),
      weight,
      ...(bias === null ? {} : { bias: bias as Tensor }),
      ...(classWeights === null ? {} : { classWeights: classWeights as Tensor }),
    },
    rows: reshape(labels, [util.sizeFromShape(labels.shape)]),
    loss: {
      ...options,
      chunkSize: chunkSize ?? Math.max(FEWEST, Math.ceil(features / 4), Math.floor(FEW / classes)),
      ofLogits: (rows, logits, own) =>
        sparseCrossentropy(rows, logits, { ...fromLogits, ...options, classWeights: own }).values,
    },
  };
}

/** Of fewer rows at a time, the weight is read and its derivative written too often. */
const FEWEST = 64;

/** So many logits are few. */
const FEW = 2 ** 18;

/** What `sparseCategoricalCrossentropy` has and this loss does not. */
const fromLogits = { fromLogits: true, temperature: 1, epsilon: 1e-7, base: Math.E, axis: -1 };

/** The class weight of each label, and 0 of one that is no class. */
const ownWeightOf = (labels: Tensor, { classWeights }: LinearCrossentropyOptions): Tensor | null => {
  if (classWeights === null) return null;
  const weights = classWeights as Tensor;
  const isKnown = inRange(labels, weights.size);
  const indices = constant(() => reshape(where(isKnown, labels, 0), [-1]));
  return where(isKnown, reshape(rowsOf(weights, indices), labels.shape), 0);
};
