import { add, argMax, cast, equal, greater, mul, reshape, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { type IgnoredLabels, validPositions } from '../call/masking.js';
import { ofRank } from '../numerics/positions.js';
import { domainsOf } from '../definition/definition.js';
import type { Domain } from '../definition/domain.js';
import { fail, show } from '../definition/fail.js';
import { othersThan } from '../definition/integers.js';
import { own } from '../definition/own.js';
import { binaryCrossentropy } from '../losses/classification/binaryCrossentropy.js';
import { categoricalCrossentropy } from '../losses/classification/categoricalCrossentropy.js';
import { sparseCategoricalCrossentropy } from '../losses/classification/sparseCategoricalCrossentropy.js';
import { quotient } from '../numerics/quotient.js';
import { sum } from '../numerics/sum.js';
import { tidied } from '../numerics/tidied.js';
import { checkClear, classesOf, classIndices, factsOf, type LabelFacts, type LabelKind, oneAxis } from './labels.js';
import { type Ignoring, lossMetric, meanOfValues } from './lossMetric.js';
import type { LossNames } from './lossNames.js';
import type { BatchMean, Metric } from './means.js';
import type { LossFunction, ModelLoss } from './outputLoss.js';
import type { Prediction } from './predictions.js';

/** A metric as `compile` takes it: a name, a loss, or any function of labels and predictions. */
export type ModelMetric = ModelLoss;

/** A metric whose meaning depends on the loss of the output, for weights that multiply its values or do not. */
type ByLoss = (facts: LabelFacts, isWeighted: boolean) => BatchMean;

/** Metrics whose meaning depends on the loss, and those which are one such meaning, by their names. */
const resolvedByLoss: Readonly<Record<string, ByLoss>> = {
  accuracy: (facts, isWeighted) => accuracy(facts, isWeighted, null),
  binaryAccuracy: (facts, isWeighted) => accuracy(facts, isWeighted, 'binary'),
  categoricalAccuracy: (facts, isWeighted) => accuracy(facts, isWeighted, 'perClass'),
  sparseCategoricalAccuracy: (facts, isWeighted) => accuracy(facts, isWeighted, 'index'),
  crossentropy: (facts, isWeighted) => crossentropy(facts, isWeighted),
  precision: (facts, isWeighted) => hits(facts, isWeighted, (_, guess) => guess),
  recall: (facts, isWeighted) => hits(facts, isWeighted, (actual) => actual),
};

const shortNames: Readonly<Record<string, string>> = { acc: 'accuracy', ce: 'crossentropy' };

/** As tfjs calls them in its logs. */
const loggedNames: Readonly<Record<string, string>> = { accuracy: 'acc', crossentropy: 'ce' };

/**
 * How a metric is called in logs, and what it computes, for an output with this loss.
 *
 * @throws if there is no metric and no loss of that name.
 */
export function outputMetric(
  metric: ModelMetric,
  loss: LossFunction | null,
  isWeighted: boolean,
  names: LossNames,
): Metric {
  const facts = factsOf(loss);
  const ofLoss = (f: LossFunction): readonly BatchMean[] => lossMetric(f, isWeighted, facts.options);
  if (typeof metric !== 'string') return { name: metric.name, means: ofLoss(metric) };
  const name = own(shortNames, metric) ?? metric;
  const byLoss = own(resolvedByLoss, name);
  if (byLoss) {
    checkClear('compile', `the metric ${show(metric)}`, facts);
    return { name: own(loggedNames, name) ?? name, means: [ofColumns(facts, byLoss(facts, isWeighted))] };
  }
  const named = names.find(metric);
  if (named) return { name: metric, means: ofLoss(named) };
  const known = Object.keys(resolvedByLoss).join(', ');
  return fail('compile', `no metric is called ${show(metric)}; expected ${known}, ${names.expected}`);
}

/** A metric of those columns of an output that its loss is about. */
const ofColumns = ({ columns }: LabelFacts, compute: BatchMean): BatchMean =>
  columns
    ? (labels, prediction, weights) => {
        const [ofLabels, [ofOutput]] = columns(labels, [prediction]);
        return compute(ofLabels ?? labels, ofOutput ?? prediction, weights);
      }
    : compute;

/** Whether a name is that of a metric whose meaning depends on the loss. */
export const isResolvedByLoss = (name: string): boolean =>
  own(resolvedByLoss, own(shortNames, name) ?? name) !== undefined;

/**
 * The accuracy for the labels of a loss, to be a metric of tfjs's own `model.compile`: there `'accuracy'` is that of
 * tfjs's losses only, and a wrong number with any other. It takes labels as the loss does (indices, one number per class,
 * yes or no), probabilities or logits as the loss expects them, and leaves out what the loss ignores. `compile` of this
 * package needs no more than `'accuracy'`.
 *
 * @throws if the loss is no function; when it is called, if labels and predictions do not fit together.
 * @see Keras, which looks at the shapes for what `'accuracy'` is.
 * @example accuracyFor(sparseCategoricalCrossentropy)(tf.tensor([[1], [0]]), tf.tensor([[0.2, 0.8], [0.3, 0.7]])) // 0.5
 */
export function accuracyFor(loss: LossFunction): (labels: Tensor, predictions: Tensor) => Scalar {
  if (typeof loss !== 'function')
    fail('accuracyFor', `the loss is ${show(loss)}; expected a loss; getLoss gives that of a name`);
  const facts = factsOf(loss);
  checkClear('accuracyFor', 'the accuracy', facts);
  const compute = ofColumns(facts, accuracy(facts, false, null));
  const acc = (labels: Tensor, predictions: Tensor): Scalar =>
    tidied(() => {
      const prediction = { output: predictions, logits: null, squashing: null, mask: null };
      const { total, divisor } = compute(labels, prediction, null);
      return quotient(total, divisor);
    }) as Scalar;
  return acc;
}

/** Which share of the positions that count is right. */
function accuracy(facts: LabelFacts, isWeighted: boolean, wanted: LabelKind | null): BatchMean {
  return (labels, prediction, weights) => {
    const { output, squashing, mask } = prediction;
    const known = classesOf(facts, labels, output, squashing);
    const classes = { ...known, kind: wanted ?? known.kind };
    const isBinary = classes.kind === 'binary';
    const axis = oneAxis(classes.axis);
    const guess = isBinary
      ? yesOrNo(facts, prediction)
      : areOrdered(facts)
        ? sum(yesOrNo(facts, prediction), axis)
        : argMax(output, axis);
    const perPosition = (x: Tensor): Tensor => reshape(x, guess.shape);
    const right = cast(equal(perPosition(classIndices(labels, classes, output)), guess), 'float32');
    // Of several numbers, the sum is not finite where one of them is not.
    const ofLabel = perPosition(classes.kind === 'perClass' ? sum(cast(labels, 'float32'), axis) : labels);
    const ofOutput = perPosition(isBinary ? output : sum(output, axis));
    const ignoring = ignoredBy(facts);
    const ignored = classes.kind === 'perClass' ? { ...ignoring, ignoreIndex: null } : ignoring;
    const valid = validPositions(mask && ofRank(mask, right.rank), ofLabel, ignoredLabels(ignored), right.rank);
    const spoilt = add(cast(ofLabel, 'float32'), ofOutput);
    return meanOfValues('accuracy', right, { valid, weights, isWeighted, spoilt });
  };
}

/** Of the entries that are chosen, which share is a yes both as a label and as a prediction; 0 if none is chosen. */
function hits(facts: LabelFacts, isWeighted: boolean, choose: (actual: Tensor, guess: Tensor) => Tensor): BatchMean {
  return (labels, prediction, weights) => {
    const { output, mask } = prediction;
    const guess = cast(yesOrNo(facts, prediction), 'float32');
    const entries = reshape(labels, guess.shape);
    const actual = cast(greater(entries, 0.5), 'float32');
    const ignored = ignoredLabels(ignoredBy(facts));
    const valid = validPositions(mask && ofRank(mask, guess.rank), entries, ignored, guess.rank);
    const chosen = choose(actual, guess);
    const spoilt = add(cast(entries, 'float32'), output);
    return meanOfValues('metrics', mul(actual, guess), { valid, weights, isWeighted, spoilt, chosen });
  };
}

/** Whether predictions say of each threshold between classes in an order if the class lies above it. */
const areOrdered = ({ definition, options }: LabelFacts): boolean =>
  definition !== null && domainsOf(definition, options)[0]?.name === 'ordinal';

/** Which entries are predicted to be a yes, as int32. */
function yesOrNo({ definition, options }: LabelFacts, { output, squashing }: Prediction): Tensor {
  const threshold = squashing ? 0.5 : thresholdOf(definition ? domainsOf(definition, options) : undefined);
  return cast(greater(output, threshold), 'int32');
}

/** Which labels the loss of an output ignores. */
const ignoredBy = ({ options }: LabelFacts): Ignoring => options;

const ignoredLabels = ({ ignoreIndex = null, ignoreNaN = false }: Ignoring): IgnoredLabels => ({
  areOthers: othersThan(ignoreIndex),
  ignoreNaN,
});

/** From where on a prediction is a yes. */
const thresholdOf = ([labels, predictions]: readonly Domain[] = []): number =>
  labels?.name === 'hingeLabel' || predictions?.name === 'logit' ? 0 : 0.5;

const crossentropies: { readonly [K in LabelKind]: LossFunction } = {
  index: sparseCategoricalCrossentropy,
  perClass: categoricalCrossentropy,
  binary: binaryCrossentropy,
};

/** The cross-entropy for the labels of the loss, from what its predictions are. */
function crossentropy(facts: LabelFacts, isWeighted: boolean): BatchMean {
  const { definition, options } = facts;
  const fromLogits = (definition && domainsOf(definition, options))?.[1]?.name === 'logit';
  const ignored = ignoredBy(facts);
  return (labels, prediction, weights) => {
    const { kind, axis } = classesOf(facts, labels, prediction.output, prediction.squashing);
    const known = { fromLogits, axis, ignoreIndex: ignored.ignoreIndex };
    const loss = crossentropies[kind] as typeof sparseCategoricalCrossentropy;
    const given = Object.entries(known).filter(([name]) => name in loss.definition.options);
    const [compute] = lossMetric(loss.with(Object.fromEntries(given)), isWeighted, ignored) as [BatchMean];
    return compute(labels, prediction, weights);
  };
}
