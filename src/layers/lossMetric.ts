import { cast, mul, scalar, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { alignLeading } from '../call/argument.js';
import { admittedPositions, validPositions } from '../call/masking.js';
import { ofRank } from '../numerics/positions.js';
import { totalOf } from '../call/reduce.js';
import { definitionOf } from '../definition/definition.js';
import { fail } from '../definition/fail.js';
import { checkTensor } from '../definition/kinds.js';
import { measure, weighing } from '../loss/measure.js';
import { sum } from '../numerics/sum.js';
import { asMean, type BatchMean, type Mean, scaledMean } from './means.js';
import { inputNamesOf, isOwn, type KnownParts } from '../losses/composition/combine.js';
import { type DefinedLoss, isDefined } from './definedLoss.js';
import { callOn, isCombined, type LossFunction, type Taken, takenByPart, valuesIn, withOptions } from './outputLoss.js';
import type { Prediction } from './predictions.js';

/** A mean of what a loss takes of a batch. */
type TakenMean = (...args: [...taken: Taken, weights: Tensor | null]) => Mean;

/** The options of a loss that say which labels do not count; not every loss has the first. */
export interface Ignoring {
  readonly ignoreIndex?: number | null;
  readonly ignoreNaN?: boolean;
}

/**
 * A loss as a metric of one output, or any function as tfjs would call it: the means that it is the sum of.
 *
 * @throws if it is a loss of other things than labels and predictions.
 */
export function lossMetric(metric: LossFunction, isWeighted: boolean, ignored: Ignoring): readonly BatchMean[] {
  if (isOwn(metric) && metric.length !== 2) {
    const inputs = inputNamesOf(metric).join(', ');
    fail(metric.name, `takes ${inputs}; expected a metric of labels and of the predictions of one output`);
  }
  return takenMeans(metric, isWeighted, ignored).map(
    (compute): BatchMean =>
      (labels, prediction, weights) =>
        compute(labels, [prediction], weights),
  );
}

function takenMeans(metric: LossFunction, isWeighted: boolean, ignored: Ignoring): readonly TakenMean[] {
  if (isCombined(metric)) {
    const { parts, fixed } = metric;
    return Object.entries(parts as KnownParts).flatMap(([name, part]) =>
      takenMeans(withOptions(part[0], fixed), isWeighted, ignored).map(
        (compute): TakenMean =>
          (labels, predictions, weights) =>
            scaledMean(compute(...takenByPart(name, part, [labels, predictions]), weights), part[1]),
      ),
    );
  }
  return [isDefined(metric) ? definedMetric(metric, isWeighted, ignored) : foreignMetric(metric, isWeighted, ignored)];
}

/** What the loss of the output ignores, a metric that does not say it itself ignores too. */
function definedMetric(given: DefinedLoss, isWeighted: boolean, { ignoreNaN }: Ignoring): TakenMean {
  const loss = ignoreNaN && given.fixed.ignoreNaN === undefined ? given.with({ ignoreNaN }) : given;
  return (labels, predictions, weights) => {
    const [inputs, options] = callOn(loss, labels, predictions);
    const { total, divisor } = measure(loss, inputs, options, { weights, isWeighted });
    const { massIfNone } = definitionOf(loss);
    // Each batch without mass counts as much as a batch of that mass.
    const mean = asMean({
      total,
      divisor: typeof divisor === 'number' ? divisor : (massIfNone?.divisor(divisor, options.reduction) ?? divisor),
    });
    if (options.reduction !== 'sum') return mean;
    // The sums of batches are averaged by number of examples, as tfjs does.
    return ofExamples(mean.total, inputs[0]?.shape[0] ?? 1);
  };
}

/** One number for a batch, which counts as often as the batch has examples. */
const ofExamples = (value: Scalar, examples: number): Mean => ({
  total: mul(value, examples),
  divisor: scalar(examples),
});

function foreignMetric(metric: LossFunction, isWeighted: boolean, { ignoreNaN = false }: Ignoring): TakenMean {
  const who = metric.name || 'the metric';
  return (given, predictions, weights) => {
    const [labels, { output, mask }] = [given as Tensor, predictions[0] as Prediction];
    const values = cast(checkTensor(who, 'what it returned', valuesIn(who, metric(labels, output), output)), 'float32');
    const [examples = 1] = output.shape;
    if (values.shape[0] !== examples) {
      if (weights && isWeighted)
        fail(who, 'returns one number for a batch; expected one per example, as there are weights');
      return ofExamples(sum(values) as Scalar, examples);
    }
    const valid = validPositions(
      mask && ofRank(mask, values.rank),
      labels,
      { areOthers: null, ignoreNaN },
      values.rank,
    );
    return meanOfValues(who, values, { valid, weights, isWeighted });
  };
}

/** How the values of a metric count. */
interface Counting {
  readonly valid: Tensor | null;
  readonly weights: Tensor | null;
  readonly isWeighted: boolean;
  /** NaN where an input of the metric is not finite. */
  readonly spoilt?: Tensor;
  /** A weight that each value has by itself. */
  readonly chosen?: Tensor;
}

/** The mean of values over the positions that count; one that weighs 0, and is not finite, does not. */
export function meanOfValues(
  who: string,
  values: Tensor,
  { valid, weights, isWeighted, spoilt, chosen }: Counting,
): Mean {
  const { shape } = values;
  const aligned =
    weights &&
    (isWeighted
      ? alignLeading(who, { name: 'weights', tensor: weights, readable: false }, shape)
      : weighing(weights, shape));
  const counted = aligned ? admittedPositions(valid, aligned, spoilt ? [spoilt] : [], () => values) : valid;
  const factors = [chosen ?? null, isWeighted ? aligned : null].filter((x) => x !== null);
  const [first = null, second] = factors;
  const outcome = { values, valid: counted && ofRank(counted, values.rank) };
  const reduction = first ? 'weightedMean' : 'mean';
  return asMean(totalOf(outcome, { weights: first && second ? mul(first, second) : first, reduction }));
}
