import {
  cast,
  dispose,
  keep,
  mul,
  type Scalar,
  tensor,
  type Tensor,
  tidy,
  variableGrads,
  variable,
} from '@tensorflow/tfjs-core';
import { toArgument } from '../../call/argument.js';
import { fail, show } from '../../definition/fail.js';
import type { TensorInput } from '../../definition/tensorInput.js';
import { sum } from '../../numerics/sum.js';
import { tidied } from '../../numerics/tidied.js';
import { factsOf } from '../labels.js';
import { allNames } from '../lossNames.js';
import type { ModelLoss } from '../outputLoss.js';
import { batchFindings } from './batchFindings.js';
import { candidatesOf } from './chance.js';
import { codes } from './codes.js';
import { type Chance, type Diagnosis, diagnosisOf, type Found, short } from './finding.js';
import { labelFindings } from './labels.js';
import { priorOf } from './prior.js';
import { type Stats, statsOf, statsTensor } from './stats.js';
import { knownLoss } from './knownLoss.js';
import { countOf, rangeIn, read, readOne } from './values.js';
import { type View, viewOf } from './view.js';
import { weightFindings } from './weights.js';

export interface InspectOptions {
  /** Weights of examples, as the loss takes them. */
  readonly weights?: TensorInput | null;
  /** The batch size of training, for losses that compare the examples of a batch. Default: all examples. */
  readonly batchSize?: number;
}

const who = 'inspect';

/**
 * What is wrong with labels and predictions for a loss, without a model: a loss of this package, with options fixed or not,
 * its name, or any function of labels and predictions. Arrays or tensors; labels that are strings are a finding.
 *
 * @throws if the loss is none, or labels or predictions are no numbers in an array or tensor.
 * @example console.log(String(await inspect(binaryCrossentropy, [[1], [0]], [[5], [-3]])));
 */
export async function inspect(
  loss: ModelLoss,
  labels: TensorInput | readonly unknown[],
  predictions: TensorInput,
  { weights = null, batchSize }: InspectOptions = {},
): Promise<Diagnosis> {
  const known = knownLoss(allNames, loss);
  const call = typeof loss === 'string' ? known : loss;
  if (typeof call !== 'function')
    fail(who, `the loss is ${show(loss)}; expected a loss of this package, its name, or a function`);
  if (isText(labels)) return diagnosisOf([text()], { chances: [], examples: (labels as readonly unknown[]).length });
  const own: Tensor[] = [];
  const hold = (make: () => Tensor): Tensor => {
    const held = tidied(() => keep(make().clone()));
    own.push(held);
    return held;
  };
  try {
    const y = hold(() => toArgument(who, 'labels', labels as TensorInput).tensor);
    const p = hold(() => toArgument(who, 'predictions', predictions).tensor);
    const w = weights === null ? null : hold(() => toArgument(who, 'weights', weights).tensor);
    const view = viewOf({
      where: {},
      loss: known?.name ?? (call.name || 'the loss'),
      facts: factsOf(known),
      labels: await read(y),
      predictions: await read(p),
      squashing: null,
      activation: null,
      isPlain: !('definition' in call),
      hasWeights: weights !== null,
      hasClassWeight: false,
    });
    const found: Found[] = [
      ...(w ? weightFindings('weights', await read(w)) : []),
      ...labelFindings(view),
      ...predictionFindings(view),
      ...batchFindings(view, batchSize ?? countOfExamples(y)),
    ];
    const lossOf = (of: Tensor): Scalar =>
      meanOf((call as (...args: unknown[]) => Tensor)(y, of, ...(w ? [{ weights: w }] : [])));
    const examples = countOfExamples(p);
    let value: number;
    try {
      value = await readOne(hold(() => lossOf(p)));
    } catch (error) {
      const isKnown = found.some(({ code }) => codes[code].severity === 'error');
      return diagnosisOf(isKnown ? found : [...found, failing(error)], { chances: [], examples });
    }
    const chances = await chancesOf(view, value, (values) => hold(() => lossOf(tensor(values, p.shape))));
    found.push(...(await gradientOf(view, value, () => gradientStats(lossOf, p, hold))));
    return diagnosisOf(found, { chances, examples });
  } finally {
    dispose(own);
  }
}

const countOfExamples = ({ shape: [count = 1] }: { readonly shape: readonly number[] }): number => count;

const meanOf = (values: Tensor): Scalar => mul<Scalar>(sum(values), 1 / values.size);

const isText = (labels: unknown): boolean =>
  (Array.isArray(labels) && labels.flat(3).some((label) => typeof label === 'string')) ||
  (labels as { readonly dtype?: string } | null)?.dtype === 'string';

const text = (): Found => ({
  code: 'labels-are-text',
  where: {},
  seen: 'The labels are strings.',
  why: 'A loss compares numbers.',
  change:
    'const classes = [...new Set(y)];\nconst indices = y.map((name) => classes.indexOf(name)); // in place of y, with a sparse loss',
});

const failing = (error: unknown): Found => ({
  code: 'loss-fails',
  where: {},
  seen: error instanceof Error ? error.message : String(error),
  why: 'Training stops with this error.',
  change: '// as the message says',
});

/** Predictions that the loss has no meaning for. */
function predictionFindings(view: View): Found[] {
  const { ofPredictions, predictions, where, loss, facts, units } = view;
  const bad = countOf(predictions, (x) => !Number.isFinite(x));
  const [low, high] = rangeIn(predictions);
  if (bad > 0) {
    return [
      {
        code: 'layer-not-finite',
        where,
        seen: `${bad} of ${predictions.values.length} predictions are NaN or infinite.`,
        why: 'The loss of such a prediction is NaN or infinite, and from then on all weights.',
        change: 'await diagnose(model, x, y) // names the layer',
      },
    ];
  }
  const range = ofPredictions?.range;
  if (!ofPredictions || !range) return [];
  const outside = countOf(predictions, (x) => x < range[0] - 1e-3 || x > range[1] + 1e-3);
  if (outside === 0) return [];
  const option =
    facts.definition && 'fromLogits' in facts.definition.options
      ? `${loss}.with({ fromLogits: true })(labels, predictions)`
      : null;
  const squash = ofPredictions.name === 'distribution' && units > 1 ? 'softmax' : 'sigmoid';
  return [
    {
      code: 'head-without-activation',
      where,
      seen: `Predictions go from ${short(low)} to ${short(high)}, ${outside} of ${predictions.values.length} of them outside of what ${loss} expects: ${ofPredictions.expected}.`,
      why: 'They look like scores from before the last activation: beyond the bounds the loss does not tell right from wrong.',
      change: option ?? `${loss}(labels, tf.${range[1] === 1 ? squash : 'softplus'}(predictions))`,
    },
  ];
}

async function chancesOf(view: View, loss: number, at: (values: Float32Array) => Tensor): Promise<Chance[]> {
  const prior = priorOf(view);
  if (!prior) return [];
  try {
    const all: number[] = [];
    for (const values of candidatesOf(prior, view.predictions.shape)) all.push(await readOne(at(values)));
    const finite = all.filter((x) => Number.isFinite(x));
    return finite.length > 0 ? [{ output: view.loss, loss, chance: Math.min(...finite) }] : [];
  } catch {
    return [];
  }
}

/** The gradient for predictions. */
function gradientStats(lossOf: (of: Tensor) => Scalar, p: Tensor, hold: (make: () => Tensor) => Tensor): Tensor {
  const at = tidy(() => variable(cast(p, 'float32')));
  try {
    return hold(() => {
      const { grads } = variableGrads(() => lossOf(at), [at]);
      return statsTensor(grads[at.name] as Tensor);
    });
  } finally {
    at.dispose();
  }
}

async function gradientOf(view: View, loss: number, stats: () => Tensor): Promise<Found[]> {
  const { where, predictions } = view;
  if (!Number.isFinite(loss)) {
    const areFinite = countOf(predictions, (x) => !Number.isFinite(x)) === 0;
    const seen = `The loss is ${loss}; the predictions are finite.`;
    const why = 'The next step makes all weights NaN. A logarithm of 0, a square root or 0 ÷ 0 gives it.';
    return areFinite
      ? [{ code: 'loss-not-finite', where, seen, why, change: 'tf.log(p.add(1e-7)) // in a loss of your own' }]
      : [];
  }
  let told: Stats;
  try {
    told = statsOf((await read(stats())).values, predictions.shape);
  } catch (error) {
    const seen = error instanceof Error ? error.message : String(error);
    const why = 'A loss trains by its derivative: argMax, round, comparisons and values that were read have none.';
    return [
      {
        code: 'not-differentiable',
        where,
        seen,
        why,
        change: '// in a loss of your own: tf operations of the predictions only',
      },
    ];
  }
  if (told.bad > 0) {
    const seen = `${told.bad} of ${told.size} numbers of the gradient for predictions are NaN or infinite.`;
    const why =
      'The next step makes the weights NaN. A square root or a logarithm at 0, or 0 ÷ 0, has such a derivative.';
    return [
      {
        code: 'gradient-not-finite',
        where,
        seen,
        why,
        change: '// in a loss of your own: tf.sqrt(x.add(1e-7)), tf.divNoNan(a, b)',
      },
    ];
  }
  if (told.min !== 0 || told.max !== 0 || loss < 1e-6) return [];
  const seen = `The gradient for all ${told.size} predictions is exactly 0, at a loss of ${short(loss)}.`;
  const why =
    'What has no gradient does not learn: predictions are at a bound, or equal where the loss takes differences.';
  return [{ code: 'gradient-zero', where, seen, why, change: '// scores before the activation, and fromLogits: true' }];
}
