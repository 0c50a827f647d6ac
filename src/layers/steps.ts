import {
  add,
  clone,
  keep,
  mul,
  type Optimizer,
  scalar,
  type Scalar,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { failBecause } from '../definition/because.js';
import { tidied } from '../numerics/tidied.js';
import type { Batch } from './batch.js';
import type { InnerModel } from './internals.js';
import { type Metric, valuesOfMetrics } from './means.js';
import type { LossFunction } from './outputLoss.js';
import { predict, type Prediction } from './predictions.js';
import { holdIn } from './taps.js';
import type { Term } from './terms.js';
import { type Parts, penaltiesOf, variablesOf, whileTrainable } from './trainable.js';

/** What `compile` has settled about one output of a model. */
export interface CompiledOutput {
  readonly name: string;
  /** The loss that takes the labels of the output, which says what they mean. Null: none takes them. */
  readonly loss: LossFunction | null;
  readonly metrics: readonly Metric[];
  /** Those whose values the weights of examples and classes multiply. */
  readonly weightedMetrics: readonly Metric[];
}

/** What `compile` has settled about a model: its outputs, and the losses that make the total. */
export interface Compiled {
  readonly outputs: readonly CompiledOutput[];
  readonly terms: readonly Term[];
}

/** What is computed of one batch: the numbers of `namesOfNumbers`. */
export type Step = (model: InnerModel, parts: Parts, compiled: Compiled, batch: Batch) => Scalar[];

/** Whether a loss or a metric takes the labels of an output. */
export const wantsLabels = ({ loss, metrics, weightedMetrics }: CompiledOutput): boolean =>
  loss !== null || metrics.length + weightedMetrics.length > 0;

/** The metrics of all outputs in the order of their numbers, each with its output. */
const metricsByOutput = (outputs: readonly CompiledOutput[]): readonly (readonly [output: number, Metric])[] =>
  (['metrics', 'weightedMetrics'] as const).flatMap((kind) =>
    outputs.flatMap((output, i) => output[kind].map((metric) => [i, metric] as const)),
  );

/** The metrics of all outputs in the order of their numbers. */
export const metricsOf = (outputs: readonly CompiledOutput[]): Metric[] =>
  metricsByOutput(outputs).map(([, metric]) => metric);

/** The loss of a batch, and what it is the sum of. */
export interface Losses {
  readonly total: Scalar;
  readonly ofTerms: readonly Scalar[];
}

/** Σ weight · loss over the terms, and the penalties of regularizers, as in Keras in training and in evaluation. */
export function lossesOf(
  parts: Parts,
  terms: readonly Term[],
  predictions: readonly Prediction[],
  { labels, weights }: Batch,
): Losses {
  const losses: Scalar[] = [];
  let total: Scalar = scalar(0);
  for (const { compute, of, labelsOf, lossWeight } of terms) {
    // Without labels, examples weigh what they weigh for the first of the outputs.
    const weighed = labelsOf ?? of[0] ?? 0;
    const taken = of.map((output) => predictions[output] as Prediction);
    const loss = compute(labelsOf === null ? null : (labels[labelsOf] as Tensor), taken, weights[weighed] ?? null);
    losses.push(loss);
    total = add(total, lossWeight === 1 ? loss : mul(loss, lossWeight));
  }
  return { total: penaltiesOf(parts).reduce((sum, penalty) => add(sum, penalty), total), ofTerms: losses };
}

/**
 * The numbers of a batch in the order of `namesOfNumbers`, and then what its metrics are quotients of, see
 * `valuesOfMetrics`.
 */
function resultOf(
  compiled: Compiled,
  predictions: readonly Prediction[],
  { labels, weights }: Batch,
  { total, ofTerms }: Losses,
): Scalar[] {
  const { outputs } = compiled;
  const metrics = metricsByOutput(outputs);
  const sums = metrics.flatMap(([i, { means }]) =>
    means.flatMap((compute) => {
      const mean = compute(labels[i] as Tensor, predictions[i] as Prediction, weights[i] ?? null);
      return [mean.total, mean.divisor];
    }),
  );
  const values = valuesOfMetrics(metricsOf(outputs), sums);
  return [total, ...(isOfSeveral(compiled) ? ofTerms : []), ...values, ...sums];
}

/** Whether the losses that make the total have numbers of their own. */
const isOfSeveral = ({ outputs, terms }: Compiled): boolean => outputs.length > 1 || terms.length > 1;

/** What the numbers are called, as Keras does where a metric is there twice, and else as tfjs. */
export function namesOfNumbers(compiled: Compiled): string[] {
  const { outputs, terms } = compiled;
  const isOne = outputs.length === 1;
  const ofOutput = (i: number, name: string): string => (isOne ? name : `${outputs[i]?.name ?? ''}_${name}`);
  const names = [
    'loss',
    ...(isOfSeveral(compiled) ? terms.map(({ name }) => `${name}_loss`) : []),
    ...outputs.flatMap(({ metrics }, i) => metrics.map(({ name }) => ofOutput(i, name))),
  ];
  const taken = new Set(names);
  const ofWeighted = outputs.flatMap(({ weightedMetrics }, i) =>
    weightedMetrics.map(({ name }) => {
      const plain = ofOutput(i, name);
      return taken.has(plain) ? ofOutput(i, `weighted_${name}`) : plain;
    }),
  );
  return [...names, ...ofWeighted];
}

/** One step of training: what `resultOf` gives. Only the losses are inside the gradient: metrics hold on to nothing there. */
export const trainStep: Step = (model, parts, compiled, batch) =>
  keepingWhile((kept) => {
    const hold = holdIn(kept);
    let predictions: readonly Prediction[] = [];
    let ofTerms: readonly Scalar[] = [];
    const loss = (): Scalar => {
      predictions = predict(model, parts, batch.inputs, true, kept);
      const losses = lossesOf(parts, compiled.terms, predictions, batch);
      for (const { output } of predictions) kept.push(keep(output));
      ofTerms = losses.ofTerms.map((one) => hold(one) as Scalar);
      return losses.total;
    };
    const total = minimized(model.optimizer, variablesOf(model, parts), loss);
    return resultOf(compiled, predictions, batch, { total, ofTerms: ofTerms.map((one) => clone(one)) });
  });

/** The loss before a step of the optimizer. What fails after it is computed is about its derivative. */
function minimized(optimizer: Optimizer, variables: Variable[], loss: () => Scalar): Scalar {
  const computed: Scalar[] = [];
  const noting = (): Scalar => {
    const value = loss();
    computed.push(value);
    return value;
  };
  try {
    return whileTrainable(variables, () => optimizer.minimize(noting, true, variables) as Scalar);
  } catch (cause) {
    if (computed.length === 0) throw cause;
    const remedy = 'expected one that is differentiable, and computed of the predictions';
    return failBecause('model', 'the loss gives no step of training', cause, remedy);
  }
}

/** One step of evaluation: what `resultOf` gives. */
export const testStep: Step = (model, parts, compiled, batch) =>
  keepingWhile((kept) => {
    const predictions = predict(model, parts, batch.inputs, false, kept);
    return resultOf(compiled, predictions, batch, lossesOf(parts, compiled.terms, predictions, batch));
  });

/** Tidies up, and disposes at the end what has been kept on the way, also when it throws. */
function keepingWhile(f: (kept: Tensor[]) => Scalar[]): Scalar[] {
  const kept: Tensor[] = [];
  try {
    return tidied(() => f(kept));
  } finally {
    for (const x of kept) x.dispose();
  }
}
