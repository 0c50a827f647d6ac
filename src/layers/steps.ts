import {
  add,
  cast,
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
import { sum } from '../numerics/sum.js';
import { tidied } from '../numerics/tidied.js';
import type { Batch } from './batch.js';
import type { InnerModel } from './internals.js';
import type { OutputMetric } from './metrics.js';
import type { LossFunction, OutputLoss } from './outputLoss.js';
import { predict, type Prediction } from './predictions.js';
import { holdIn } from './taps.js';
import { type Parts, penaltiesOf, variablesOf, whileTrainable } from './trainable.js';

/** What `compile` has settled about one output of a model. */
export interface CompiledOutput {
  readonly name: string;
  /** As it was given, and as what one batch loses. Null: the output has no part in the loss. */
  readonly loss: LossFunction | null;
  readonly outputLoss: OutputLoss | null;
  readonly lossWeight: number;
  readonly metrics: readonly (readonly [name: string, OutputMetric])[];
}

/** What is computed of one batch: the numbers of `namesOfNumbers`. */
export type Step = (model: InnerModel, parts: Parts, outputs: readonly CompiledOutput[], batch: Batch) => Scalar[];

/** Whether anything is to be computed of an output, so that its labels are needed. */
export const isUsed = ({ loss, metrics }: CompiledOutput): boolean => loss !== null || metrics.length > 0;

/** The loss of a batch, and what it is the sum of. */
interface Losses {
  readonly total: Scalar;
  readonly ofOutputs: readonly Scalar[];
}

/** Σ weight · loss over the outputs, and the penalties of regularizers, as in Keras in training and in evaluation. */
function lossesOf(
  parts: Parts,
  outputs: readonly CompiledOutput[],
  predictions: readonly Prediction[],
  { labels, weights }: Batch,
): Losses {
  const losses: Scalar[] = [];
  let total: Scalar = scalar(0);
  outputs.forEach(({ outputLoss, lossWeight }, i) => {
    if (!outputLoss) return;
    const loss = outputLoss(labels[i] as Tensor, predictions[i] as Prediction, weights[i] ?? null);
    losses.push(loss);
    total = add(total, lossWeight === 1 ? loss : mul(loss, lossWeight));
  });
  return { total: penaltiesOf(parts).reduce((sum, penalty) => add(sum, penalty), total), ofOutputs: losses };
}

/** The numbers of a batch in the order of `namesOfNumbers`. */
function numbersOf(
  outputs: readonly CompiledOutput[],
  predictions: readonly Prediction[],
  { labels }: Batch,
  { total, ofOutputs }: Losses,
): Scalar[] {
  const metrics = outputs.flatMap(({ metrics }, i) =>
    metrics.map(([, compute]) => meanOf(compute(labels[i] as Tensor, predictions[i] as Prediction))),
  );
  return [total, ...(outputs.length > 1 ? ofOutputs : []), ...metrics];
}

const meanOf = (x: Tensor): Scalar => mul(sum(cast(x, 'float32')), 1 / x.size);

/** What the numbers are called, as tfjs does. */
export function namesOfNumbers(outputs: readonly CompiledOutput[]): string[] {
  const isOne = outputs.length === 1;
  return [
    'loss',
    ...(isOne ? [] : outputs.filter(({ loss }) => loss).map(({ name }) => `${name}_loss`)),
    ...outputs.flatMap(({ name, metrics }) => metrics.map(([metric]) => (isOne ? metric : `${name}_${metric}`))),
  ];
}

/** One step of training. Only the losses are inside the gradient: metrics hold on to nothing there. */
export const trainStep: Step = (model, parts, outputs, batch) =>
  keepingWhile((kept) => {
    const hold = holdIn(kept);
    let predictions: readonly Prediction[] = [];
    let ofOutputs: readonly Scalar[] = [];
    const loss = (): Scalar => {
      predictions = predict(model, parts, batch.inputs, true, kept);
      const losses = lossesOf(parts, outputs, predictions, batch);
      for (const { output } of predictions) kept.push(keep(output));
      ofOutputs = losses.ofOutputs.map((one) => hold(one) as Scalar);
      return losses.total;
    };
    const total = minimized(model.optimizer, variablesOf(model, parts), loss);
    return numbersOf(outputs, predictions, batch, { total, ofOutputs: ofOutputs.map((one) => clone(one)) });
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

/** One step of evaluation. */
export const testStep: Step = (model, parts, outputs, batch) =>
  keepingWhile((kept) => {
    const predictions = predict(model, parts, batch.inputs, false, kept);
    return numbersOf(outputs, predictions, batch, lossesOf(parts, outputs, predictions, batch));
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
