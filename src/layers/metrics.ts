import { argMax, cast, equal, greater, reshape, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { ofRank, validPositions } from '../core/masking.js';
import type { Domain } from '../core/domain.js';
import { reduce } from '../core/reduce.js';
import { binaryCrossentropy } from '../losses/classification/binaryCrossentropy.js';
import { categoricalCrossentropy } from '../losses/classification/categoricalCrossentropy.js';
import { sparseCategoricalCrossentropy } from '../losses/classification/sparseCategoricalCrossentropy.js';
import { classesOf, classIndices, factsOf, oneAxis, type LabelFacts, type LabelKind } from './labels.js';
import { found, isCombined, isDefined, outputLoss, type ModelLoss, type OutputLoss } from './outputLoss.js';
import type { Prediction } from './predictions.js';

/** A metric as `compile` takes it: a name, a loss, or any function of labels and predictions. */
export type ModelMetric = ModelLoss;

/** What one metric of one output comes to on a batch. */
export type OutputMetric = (labels: Tensor, prediction: Prediction) => Tensor;

type LossFunction = Exclude<ModelLoss, string>;
/** Metrics whose meaning depends on the loss, and those which are one such meaning, by their names. */
const resolvedByLoss: Readonly<Record<string, (facts: LabelFacts) => OutputMetric>> = {
  accuracy: (facts) => accuracy(facts, null),
  binaryAccuracy: (facts) => accuracy(facts, 'binary'),
  categoricalAccuracy: (facts) => accuracy(facts, 'perClass'),
  sparseCategoricalAccuracy: (facts) => accuracy(facts, 'index'),
  crossentropy: (facts) => crossentropy(facts),
};

const shortNames: Readonly<Record<string, string>> = { acc: 'accuracy', ce: 'crossentropy' };
/** As tfjs calls them in its logs. */
const loggedNames: Readonly<Record<string, string>> = { accuracy: 'acc', crossentropy: 'ce' };

/** How a metric is called in logs, and what it computes; null if tfjs is to look for it. */
export function outputMetric(metric: ModelMetric, loss: LossFunction | null): [string, OutputMetric] | null {
  if (typeof metric !== 'string') return [metric.name, asMetric(metric)];
  const name = shortNames[metric] ?? metric;
  const byLoss = Object.hasOwn(resolvedByLoss, name) ? resolvedByLoss[name] : undefined;
  if (byLoss) return [loggedNames[name] ?? name, byLoss(factsOf(loss))];
  const named = found(metric);
  return named ? [metric, asMetric(named)] : null;
}

/** A loss as a metric, and any function as tfjs would call it. */
function asMetric(metric: LossFunction): OutputMetric {
  if (!isDefined(metric) && !isCombined(metric)) return (labels, { output }) => metric(labels, output);
  const compute: OutputLoss = outputLoss(metric);
  return (labels, prediction) => compute(labels, prediction, null);
}

/** Which share of the positions that count is right. */
function accuracy(facts: LabelFacts, wanted: LabelKind | null): OutputMetric {
  const { definition, options } = facts;
  return (labels, { output, squashing, mask }) =>
    tidy(() => {
      const known = classesOf(facts, labels, output);
      const classes = { ...known, kind: wanted ?? known.kind };
      const isBinary = classes.kind === 'binary';
      const threshold = squashing ? 0.5 : thresholdOf(definition?.domains(options));
      const guess = isBinary ? cast(greater(output, threshold), 'int32') : argMax(output, oneAxis(classes.axis));
      const perPosition = (x: Tensor): Tensor => reshape(x, guess.shape);
      const actual = perPosition(classIndices(labels, classes, output));
      const right = cast(equal(actual, guess), 'float32');
      const { ignoreIndex = null } = options as { readonly ignoreIndex?: number | null };
      const ignorable = classes.kind === 'perClass' ? undefined : perPosition(labels);
      const valid = validPositions(mask, ignorable, ignoreIndex);
      return reduce(right, { weights: null, valid: valid && ofRank(valid, right.rank), reduction: 'mean' });
    });
}

/** From where on a prediction is a yes. */
const thresholdOf = ([labels, predictions]: readonly Domain[] = []): number =>
  labels === 'hingeLabel' || predictions === 'logit' ? 0 : 0.5;

const crossentropies: { readonly [K in LabelKind]: LossFunction } = {
  index: sparseCategoricalCrossentropy,
  perClass: categoricalCrossentropy,
  binary: binaryCrossentropy,
};

/** The cross-entropy for the labels of the loss, from what its predictions are. */
function crossentropy(facts: LabelFacts): OutputMetric {
  const { definition, options } = facts;
  const fromLogits = definition?.domains(options)[1] === 'logit';
  return (labels, prediction) => {
    const { kind, axis } = classesOf(facts, labels, prediction.output);
    const known = { fromLogits, axis, ignoreIndex: (options as { readonly ignoreIndex?: number | null }).ignoreIndex };
    const loss = crossentropies[kind] as typeof sparseCategoricalCrossentropy;
    const given = Object.entries(known).filter(([name]) => name in loss.definition.options);
    return outputLoss(loss.with(Object.fromEntries(given)))(labels, prediction, null);
  };
}
