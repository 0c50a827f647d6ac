import { log, type Tensor } from '@tensorflow/tfjs-core';
import { matMul } from '../../../numerics/matMul.js';
import { sizesBrought } from '../../../definition/brought.js';
import type { Definition } from '../../../definition/definition.js';
import { classIndex, embedding } from '../../../definition/domain.js';
import {
  classIndicesBringing,
  flag,
  heldConstant,
  integerOrNull,
  numberOrPerPosition,
  numbersAlong,
  oneOf,
  orNull,
  positive,
  positiveAlong,
  positiveInteger,
} from '../../../definition/kinds.js';
import type { TensorInput } from '../../../definition/tensorInput.js';
import { constant } from '../../../numerics/autodiff.js';
import { inRange } from '../../../numerics/isClass.js';
import { transpose, where } from '../../../numerics/portable.js';
import { rowsOf } from '../../../numerics/rowsOf.js';
import { stretch, sum } from '../../../numerics/sum.js';
import { add, equal, expandDims, mul, reshape, sub, util, zerosLike } from '../../../tfjs/ops.js';
import { type ClassSampler, drawnClasses } from './drawnClasses.js';

export interface SampledClassesOptions {
  /** Added to the logits of each class, `[C]`. Default null, none. */
  readonly bias: TensorInput | null;
  /** The weight is `[D, C]`, the kernel of a dense layer, not `[C, D]`, an embedding table. Default false. */
  readonly transposeWeight: boolean;
  /** How many different classes are drawn, for all positions together; all classes, if there are no more. Default 64. */
  readonly numSampled: number;
  /**
   * How classes are drawn: `'logUniform'` (default), class k as often as ln((k + 2)/(k + 1)), for classes in the order of
   * their frequency, or `'uniform'`, all alike.
   */
  readonly sampler: ClassSampler;
  /** An integer that fixes the draw. Default null, another draw at each call. */
  readonly seed: number | null;
  /** A drawn class does not count at positions whose label it is. */
  readonly removeAccidentalHits: boolean;
  /** The drawn classes, `[S]`, in place of a draw; with `sampledCounts` and `labelCounts`. Default null. */
  readonly sampledIndices: TensorInput | null;
  /** How often each of `sampledIndices` is expected in a draw, `[S]`; held constant. Default null. */
  readonly sampledCounts: TensorInput | null;
  /** How often the label of each position is expected in a draw, a number or a tensor; held constant. Default null. */
  readonly labelCounts: TensorInput | null;
}

export type SampledClassesInputs = readonly [labels: TensorInput, hidden: TensorInput, weight: TensorInput];

export type SampledClassesName = 'labels' | 'hidden' | 'weight';

type Facts = Pick<
  Definition<SampledClassesOptions, SampledClassesName>,
  'signature' | 'brought' | 'inputs' | 'domains' | 'options' | 'check'
>;

/** What all losses of sampled classes have. */
/* @__NO_SIDE_EFFECTS__ */
export const ofSampledClasses = (removeAccidentalHits: boolean): Facts => ({
  signature: ({ transposeWeight }) => `(...),(...,D),${transposeWeight ? '(D,C)' : '(C,D)'}->(...)`,
  brought: sizesBrought,
  inputs: ['labels', 'hidden', 'weight'],
  domains: [classIndex, embedding, embedding],
  options: {
    bias: [null, numbersAlong('C')],
    transposeWeight: [false, flag],
    numSampled: [64, positiveInteger],
    sampler: ['logUniform', oneOf('logUniform', 'uniform')],
    seed: [null, integerOrNull],
    removeAccidentalHits: [removeAccidentalHits, flag],
    sampledIndices: [null, classIndicesBringing('S')],
    sampledCounts: [null, heldConstant(positiveAlong('S'))],
    labelCounts: [null, heldConstant(orNull(numberOrPerPosition(positive)))],
  },
  check: ({ sampledIndices, sampledCounts, labelCounts }) => {
    const given = [sampledIndices, sampledCounts, labelCounts].filter((option) => option !== null);
    return given.length % 3 === 0
      ? undefined
      : 'a draw is sampledIndices, sampledCounts and labelCounts; expected all three or none';
  },
});

/** Logits less the logarithm of how often their class is expected in the draw. */
export interface SampledLogits {
  /** Those of the labels, `[N]`. */
  readonly own: Tensor;
  /** Those of the drawn classes, `[N, S]`. */
  readonly drawn: Tensor;
  /** Where a drawn class is the label and does not count, `[N, S]`. Null: nowhere. */
  readonly isLeftOut: Tensor | null;
}

export function sampledLogits(
  { labels, hidden, weight }: Readonly<Record<SampledClassesName, Tensor>>,
  options: SampledClassesOptions,
): SampledLogits {
  const table = options.transposeWeight ? transpose(weight, [1, 0]) : weight;
  const [classes, features] = table.shape as [number, number];
  const rows = reshape(labels, [util.sizeFromShape(labels.shape)]);
  const states = reshape(hidden, [-1, features]);
  const { indices, logCounts, logLabelCounts } = drawOf(rows, classes, options);

  const [ofLabels, ofDrawn] = [known(rows, classes), known(indices, classes)];
  const bias = options.bias as Tensor | null;
  const own = sum(mul(states, rowsOf(table, ofLabels.indices)), -1);
  const drawn = matMul(states, rowsOf(table, ofDrawn.indices), false, true);
  const offset = (at: Tensor, logs: Tensor): Tensor => (bias ? sub(rowsOf(bias, at), logs) : mul(-1, logs));
  return {
    own: where(ofLabels.areClasses, add(own, offset(ofLabels.indices, logLabelCounts)), NaN),
    drawn: where(ofDrawn.areClasses, add(drawn, stretch(offset(ofDrawn.indices, logCounts), drawn.shape)), NaN),
    isLeftOut: options.removeAccidentalHits
      ? constant(() => equal(expandDims(rows, -1), expandDims(indices, 0)))
      : null,
  };
}

/** Indices that are those of classes, of any. */
function known(indices: Tensor, classes: number): { readonly areClasses: Tensor; readonly indices: Tensor } {
  const areClasses = inRange(indices, classes);
  return { areClasses, indices: constant(() => where(areClasses, indices, zerosLike(indices))) };
}

interface Draw {
  readonly indices: Tensor;
  readonly logCounts: Tensor;
  readonly logLabelCounts: Tensor;
}

/** The draw that is given, or another. */
function drawOf(labels: Tensor, classes: number, options: SampledClassesOptions): Draw {
  const { sampledIndices, sampledCounts, labelCounts } = options;
  if (sampledIndices !== null) {
    const ofLabels = log(labelCounts as Tensor | number);
    return {
      indices: sampledIndices as Tensor,
      logCounts: log(sampledCounts as Tensor),
      logLabelCounts: ofLabels.rank === 0 ? stretch(ofLabels, labels.shape) : reshape(ofLabels, labels.shape),
    };
  }
  const { indices, logCounts } = drawnClasses(classes, options);
  return {
    indices,
    logCounts: constant(() => logCounts(indices)),
    logLabelCounts: constant(() => logCounts(labels)),
  };
}
