import { argMax, cast, equal, greater, mul, reshape, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { ofRank, validPositions } from '../call/masking.js';
import { reduce } from '../call/reduce.js';
import { domainsOf } from '../definition/definition.js';
import type { Domain } from '../definition/domain.js';
import { fail, show } from '../definition/fail.js';
import { checkTensor } from '../definition/kinds.js';
import { own } from '../definition/own.js';
import { binaryCrossentropy } from '../losses/classification/binaryCrossentropy.js';
import { categoricalCrossentropy } from '../losses/classification/categoricalCrossentropy.js';
import { sparseCategoricalCrossentropy } from '../losses/classification/sparseCategoricalCrossentropy.js';
import { classesOf, classIndices, factsOf, type LabelFacts, type LabelKind, oneAxis } from './labels.js';
import {
  isCombined,
  isDefined,
  type LossFunction,
  type ModelLoss,
  outputLoss,
  type OutputLoss,
  valuesIn,
} from './outputLoss.js';
import type { LossNames } from './lossNames.js';
import type { Prediction } from './predictions.js';

/** A metric as `compile` takes it: a name, a loss, or any function of labels and predictions. */
export type ModelMetric = ModelLoss;

/** What one metric of one output comes to on a batch. */
export type OutputMetric = (labels: Tensor, prediction: Prediction) => Tensor;

/** Metrics whose meaning depends on the loss, and those which are one such meaning, by their names. */
const resolvedByLoss: Readonly<Record<string, (facts: LabelFacts) => OutputMetric>> = {
  accuracy: (facts) => accuracy(facts, null),
  binaryAccuracy: (facts) => accuracy(facts, 'binary'),
  categoricalAccuracy: (facts) => accuracy(facts, 'perClass'),
  sparseCategoricalAccuracy: (facts) => accuracy(facts, 'index'),
  crossentropy: (facts) => crossentropy(facts),
  precision: (facts) => hits(facts, (_, guess) => guess),
  recall: (facts) => hits(facts, (actual) => actual),
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
  names: LossNames,
): readonly [string, OutputMetric] {
  if (typeof metric !== 'string') return [metric.name, asMetric(metric)];
  const name = own(shortNames, metric) ?? metric;
  const byLoss = own(resolvedByLoss, name);
  if (byLoss) return [own(loggedNames, name) ?? name, byLoss(factsOf(loss))];
  const named = names.find(metric);
  if (named) return [metric, asMetric(named)];
  const known = Object.keys(resolvedByLoss).join(', ');
  return fail('compile', `no metric is called ${show(metric)}; expected ${known}, ${names.expected}`);
}

/** Whether a name is that of a metric whose meaning depends on the loss. */
export const isResolvedByLoss = (name: string): boolean =>
  own(resolvedByLoss, own(shortNames, name) ?? name) !== undefined;

/** A loss as a metric, and any function as tfjs would call it. */
function asMetric(metric: LossFunction): OutputMetric {
  if (!isDefined(metric) && !isCombined(metric)) {
    const who = metric.name || 'the metric';
    return (labels, { output }) => checkTensor(who, 'what it returned', valuesIn(who, metric(labels, output), output));
  }
  const compute: OutputLoss = outputLoss(metric);
  return (labels, prediction) => compute(labels, prediction, null);
}

/** Which share of the positions that count is right. */
function accuracy(facts: LabelFacts, wanted: LabelKind | null): OutputMetric {
  return (labels, prediction) =>
    tidy(() => {
      const { output, squashing, mask } = prediction;
      const known = classesOf(facts, labels, output, squashing);
      const classes = { ...known, kind: wanted ?? known.kind };
      const isBinary = classes.kind === 'binary';
      const guess = isBinary ? yesOrNo(facts, prediction) : argMax(output, oneAxis(classes.axis));
      const perPosition = (x: Tensor): Tensor => reshape(x, guess.shape);
      const right = cast(equal(perPosition(classIndices(labels, classes, output)), guess), 'float32');
      const valid = validOf(facts, classes.kind === 'perClass' ? undefined : perPosition(labels), mask);
      return reduce({ values: right, valid: valid && ofRank(valid, right.rank) }, { weights: null, reduction: 'mean' });
    });
}

/** Of the entries that are chosen, which share is a yes both as a label and as a prediction; 0 if none is chosen. */
function hits(facts: LabelFacts, chosen: (actual: Tensor, guess: Tensor) => Tensor): OutputMetric {
  return (labels, prediction) =>
    tidy(() => {
      const guess = cast(yesOrNo(facts, prediction), 'float32');
      const entries = reshape(labels, guess.shape);
      const actual = cast(greater(entries, 0.5), 'float32');
      const valid = validOf(facts, entries, prediction.mask);
      const values = mul(actual, guess);
      const weighting = { weights: chosen(actual, guess), reduction: 'weightedMean' } as const;
      return reduce({ values, valid: valid && ofRank(valid, guess.rank) }, weighting);
    });
}

/** Which entries are predicted to be a yes, as int32. */
function yesOrNo({ definition, options }: LabelFacts, { output, squashing }: Prediction): Tensor {
  const threshold = squashing ? 0.5 : thresholdOf(definition ? domainsOf(definition, options) : undefined);
  return cast(greater(output, threshold), 'int32');
}

/** Which positions count, as the layers and the loss have it. */
function validOf({ options }: LabelFacts, labels: Tensor | undefined, mask: Tensor | null): Tensor | null {
  const { ignoreIndex = null } = options as { readonly ignoreIndex?: number | null };
  return validPositions(mask, labels, ignoreIndex);
}

/** From where on a prediction is a yes. */
const thresholdOf = ([labels, predictions]: readonly Domain[] = []): number =>
  labels?.name === 'hingeLabel' || predictions?.name === 'logit' ? 0 : 0.5;

const crossentropies: { readonly [K in LabelKind]: LossFunction } = {
  index: sparseCategoricalCrossentropy,
  perClass: categoricalCrossentropy,
  binary: binaryCrossentropy,
};

/** The cross-entropy for the labels of the loss, from what its predictions are. */
function crossentropy(facts: LabelFacts): OutputMetric {
  const { definition, options } = facts;
  const fromLogits = (definition && domainsOf(definition, options))?.[1]?.name === 'logit';
  return (labels, prediction) => {
    const { kind, axis } = classesOf(facts, labels, prediction.output, prediction.squashing);
    const known = { fromLogits, axis, ignoreIndex: (options as { readonly ignoreIndex?: number | null }).ignoreIndex };
    const loss = crossentropies[kind] as typeof sparseCategoricalCrossentropy;
    const given = Object.entries(known).filter(([name]) => name in loss.definition.options);
    return outputLoss(loss.with(Object.fromEntries(given)))(labels, prediction, null);
  };
}
