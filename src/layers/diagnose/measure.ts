import {
  abs,
  add,
  cast,
  clone,
  dispose,
  divNoNan,
  max,
  maximum,
  mul,
  type Optimizer,
  type Scalar,
  scalar,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  util,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { Batch } from '../batch.js';
import type { InnerLayer } from '../internals.js';
import { predict, type Prediction } from '../predictions.js';
import { activationOf } from '../squashing.js';
import { lossesOf } from '../steps.js';
import { sum } from '../../numerics/sum.js';
import { tidied } from '../../numerics/tidied.js';
import { type Hold, holdIn, tap, type Untap, whileTapped } from '../taps.js';
import { type Parts, whileTrainable } from '../trainable.js';
import { candidatesOf, type Prior } from './chance.js';
import { differenceOfUnits, inner, statsTensor } from './stats.js';
import type { Subject } from './subject.js';

/** A layer as it was run. */
export interface RunLayer {
  readonly layer: InnerLayer;
  readonly activation: string | null;
  readonly inputShape: readonly number[];
  readonly shape: readonly number[];
  /** As `statsTensor` has them. */
  readonly input: Tensor;
  readonly output: Tensor;
}

/** A variable that is trained, or another one of the model, with its gradient. */
export interface MeasuredVariable {
  readonly name: string;
  readonly layer: string | null;
  readonly shape: readonly number[];
  readonly isTrained: boolean;
  readonly value: Tensor;
  /** The largest difference between units; null for what has none. */
  readonly difference: Tensor | null;
  /** Null: no gradient reaches it, or it is not trained. */
  readonly gradient: Tensor | null;
  readonly differenceOfGradient: Tensor | null;
}

/** All that is measured of a model on a batch; tensors are to be read and disposed. */
export interface Measured {
  readonly layers: readonly RunLayer[];
  readonly predictions: readonly Measuring[];
  readonly total: Tensor | null;
  readonly ofTerms: readonly Tensor[];
  /** The losses of constant predictions, for each term. */
  readonly chances: readonly (readonly Tensor[])[];
  readonly variables: readonly MeasuredVariable[];
  readonly steps: readonly { readonly factor: number; readonly loss: Tensor }[];
  /** −Σ gradient · step: how much a step of the present rate is to lower the loss. */
  readonly fall: Tensor | null;
  /** How far the model is from a linear one, and how far its scores change; null where that is not asked. */
  readonly bend: readonly [bend: Tensor, size: Tensor] | null;
  /** For each loss that nothing is known of, that of the labels as predictions. */
  readonly perfect: readonly (Tensor | null)[];
  /** What was thrown on the way to the loss, and on the way back. */
  readonly lossError: Error | null;
  readonly gradientError: Error | null;
}

export interface Measuring {
  readonly output: Tensor;
  readonly stats: Tensor;
  readonly logits: Tensor | null;
  readonly mask: Tensor | null;
}

/** Multiples of the present learning rate that are tried: those up to 10, and further ones to find a rate that would do. */
const FACTORS = [1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4, 1e5, 1e6];

/** Runs a model on a batch, back and forth, and leaves it as it was. To be called where tensors are cleaned up. */
export function measure(subject: Subject, batch: Batch, priors: readonly (Prior | null)[], kept: Tensor[]): Measured {
  const { model, parts, terms, variables } = subject;
  return restoring(subject, () => {
    const layers: RunLayer[] = [];
    const predictions = whileTapped(tapLayers(parts, layers, holdIn(kept)), () => forward(subject, batch.inputs, kept));
    const none = {
      layers,
      predictions: predictions.map(measuring),
      chances: [],
      steps: [],
      fall: null,
      bend: orNull(() => bendOf(subject, batch, layers)),
      perfect: [],
    };
    const ofModel = variablesIn(subject, layers, {});
    let losses: { total: Tensor; ofTerms: readonly Tensor[] };
    try {
      const [total, ...ofTerms] = tidied(() => {
        const computed = lossesOf(parts, terms, predictions, batch);
        return [computed.total, ...computed.ofTerms];
      }) as [Tensor, ...Tensor[]];
      losses = { total, ofTerms };
    } catch (error) {
      return { ...none, total: null, ofTerms: [], variables: ofModel, lossError: asError(error), gradientError: null };
    }
    const chances = terms.map((term, i) => chancesOf(term, priors[i] ?? null, predictions, batch));
    const perfect = terms.map((term) => perfectOf(term, predictions, batch));
    const ran = { ...none, ...losses, chances, perfect, lossError: null };
    if (variables.length === 0) return { ...ran, variables: ofModel, gradientError: null };
    let grads: Readonly<Record<string, Tensor>>;
    try {
      grads = whileTrainable([...variables], () =>
        tidied(() => variableGrads(() => lossOf(subject, batch, kept), [...variables]).grads),
      );
    } catch (error) {
      return { ...ran, variables: ofModel, gradientError: asError(error) };
    }
    const given = Object.fromEntries(
      Object.entries(grads).filter(([, gradient]) => (gradient as Tensor | null) !== null),
    );
    return {
      ...ran,
      variables: variablesIn(subject, layers, given),
      ...stepsAlong(subject, batch, given, model.optimizer),
      gradientError: null,
    };
  });
}

const orNull = <T>(f: () => T | null): T | null => {
  try {
    return f();
  } catch {
    return null;
  }
};

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const measuring = ({ output, logits, mask }: Prediction): Measuring => ({
  output: clone(output),
  stats: statsTensor(output),
  logits: logits && clone(logits),
  mask: mask && clone(mask),
});

/** The predictions of a model as in training, where it normalizes by batches, but without dropout and other noise. */
function forward({ model, parts }: Subject, inputs: readonly Tensor[], kept: Tensor[]): readonly Prediction[] {
  return whileTapped(tapNormalization(parts), () => predict(model, parts, inputs, false, kept));
}

const lossOf = (subject: Subject, batch: Batch, kept: Tensor[]): Scalar =>
  tidy(() => lossesOf(subject.parts, subject.terms, forward(subject, batch.inputs, kept), batch).total);

const tapNormalization = ({ all, frozen }: Parts): Untap[] =>
  [...all]
    .filter((layer) => layer.getClassName() === 'BatchNormalization' && !frozen.has(layer))
    .map((layer) => {
      const call = layer.call.bind(layer);
      return tap(layer, 'call', (inputs, args) => call(inputs, { ...args, training: true }));
    });

/** The layers that the graphs of a model apply, without those that are models. */
const layersIn = ({ all }: Parts): InnerLayer[] =>
  [...new Set([...all].flatMap(({ layers = [] }) => layers))].filter(({ layers }) => !layers);

function tapLayers(parts: Parts, ran: RunLayer[], hold: Hold): Untap[] {
  return layersIn(parts).map((layer) => {
    const call = layer.call.bind(layer);
    return tap(layer, 'call', (inputs, args) => {
      const outputs = call(inputs, args);
      const [input, output] = [[inputs].flat()[0] as Tensor, [outputs].flat()[0] as Tensor];
      ran.push({
        layer,
        activation: activationOf(layer),
        inputShape: input.shape,
        shape: output.shape,
        ...tidy(() => ({ input: hold(statsTensor(input)), output: hold(statsTensor(output)) })),
      });
      return outputs;
    });
  });
}

/** Runs something that may change weights, averages and states, and puts them back. */
function restoring<T>({ parts, variables }: Subject, f: () => T): T {
  const stateful = [...parts.all].filter((layer) => layer.stateful === true && 'resetStates' in layer);
  const untaps = stateful.map((layer) =>
    tap(layer as unknown as { resetStates: () => void }, 'resetStates', () => undefined),
  );
  const all = new Set<Variable>(variables);
  for (const { weights } of parts.all) for (const weight of weights) all.add(weight.read() as Variable);
  const before = [...all].map((variable) => [variable, clone(variable)] as const);
  try {
    return whileTapped(untaps, f);
  } finally {
    for (const [variable, value] of before) {
      if (variable.dataId !== value.dataId) variable.assign(value);
      value.dispose();
    }
  }
}

function variablesIn(
  { parts, variables }: Subject,
  ran: readonly RunLayer[],
  grads: Readonly<Record<string, Tensor>>,
): MeasuredVariable[] {
  const trained = new Set(variables);
  const order = [...new Set([...ran.map(({ layer }) => layer), ...layersIn(parts)])];
  const layerOf = new Map<Variable, string>();
  for (const { name, weights } of order) {
    for (const weight of weights) {
      const variable = weight.read() as Variable;
      if (!layerOf.has(variable)) layerOf.set(variable, name);
    }
  }
  return [...new Set([...layerOf.keys(), ...variables])].map((variable) => {
    const gradient = grads[variable.name];
    const hasUnits = variable.rank >= 2 && (variable.shape.at(-1) ?? 1) > 1;
    return {
      name: variable.name,
      layer: layerOf.get(variable) ?? null,
      shape: variable.shape,
      isTrained: trained.has(variable),
      value: statsTensor(variable),
      difference: hasUnits ? differenceOfUnits(variable) : null,
      gradient: gradient ? statsTensor(gradient) : null,
      differenceOfGradient: hasUnits && gradient ? differenceOfUnits(gradient) : null,
    };
  });
}

function chancesOf(
  { compute, of, labelsOf }: Subject['terms'][number],
  prior: Prior | null,
  predictions: readonly Prediction[],
  { labels, weights }: Batch,
): Tensor[] {
  const prediction = predictions[of[0] ?? 0];
  const own = labelsOf === null ? undefined : labels[labelsOf];
  if (!prior || !prediction || !own || of.length > 1) return [];
  const { shape } = prediction.output;
  return candidatesOf(prior, shape).flatMap((values) => {
    try {
      const output = tensor(values, shape);
      return [
        tidy(() =>
          compute(
            own,
            [{ output, logits: null, squashing: null, mask: prediction.mask }],
            weights[labelsOf ?? 0] ?? null,
          ),
        ),
      ];
    } catch {
      return [];
    }
  });
}

/**
 * How much the scores of a model differ from those of a linear one, f(2x) = 2f(x) − f(0) and f(−x) = 2f(0) − f(x): a relu
 * misses the second, a tanh the first. Null where inputs are no numbers to be doubled, or there is a single layer anyway.
 */
function bendOf(subject: Subject, { inputs }: Batch, layers: readonly RunLayer[]): [Tensor, Tensor] | null {
  const kernels = layers.filter(({ layer }) => layer.weights.some((weight) => weight.read().rank > 1));
  if (kernels.length < 2 || inputs.some(({ dtype }) => dtype !== 'float32')) return null;
  const [bend, size] = tidied<Tensor[]>(() => {
    const kept: Tensor[] = [];
    // Inputs of the size 3, at which activations bend.
    const sized = inputs.map((x) => mul(x, divNoNan(3, sqrt(mul(sum(square(x)), 1 / x.size)))));
    const at = (factor: number): Tensor[] => {
      const ran = forward(
        subject,
        sized.map((x) => mul(x, factor)),
        kept,
      );
      return ran.map(({ output, logits }) => logits ?? output);
    };
    try {
      const [zero, once, twice, minus] = [at(0), at(1), at(2), at(-1)] as [Tensor[], Tensor[], Tensor[], Tensor[]];
      const largest = (xs: readonly Tensor[]): Tensor => xs.map((x) => max(abs(x))).reduce((a, b) => maximum(a, b));
      const bends = once.flatMap((f, i) => {
        const f0 = zero[i] as Tensor;
        return [sub(twice[i] as Tensor, sub(mul(f, 2), f0)), sub(minus[i] as Tensor, sub(mul(f0, 2), f))];
      });
      return [largest(bends), largest(once.map((f, i) => sub(f, zero[i] as Tensor)))];
    } finally {
      dispose(kept);
    }
  }) as [Tensor, Tensor];
  return [bend, size];
}

/** What a loss of the user's comes to if the labels are predicted. */
function perfectOf(
  { compute, of, labelsOf, known }: Subject['terms'][number],
  predictions: readonly Prediction[],
  { labels, weights }: Batch,
): Tensor | null {
  const own = labelsOf === null ? undefined : labels[labelsOf];
  const ran = predictions[of[0] ?? 0];
  if (known !== null || !own || !ran || of.length > 1 || !util.arraysEqual(own.shape, ran.output.shape)) return null;
  const output = cast(own, 'float32');
  return tidy(() =>
    compute(own, [{ output, logits: null, squashing: null, mask: ran.mask }], weights[labelsOf ?? 0] ?? null),
  );
}

/** The losses after one step of the optimizer as if it were new, at several multiples of its rate. */
function stepsAlong(
  subject: Subject,
  batch: Batch,
  grads: Readonly<Record<string, Tensor>>,
  optimizer: Optimizer,
): Pick<Measured, 'steps' | 'fall'> {
  const rate = rateOf(optimizer);
  if (rate === null || !(rate > 0)) return { steps: [], fall: null };
  const stepped = subject.variables.filter(({ name }) => grads[name]);
  const before = stepped.map((variable) => [variable, clone(variable)] as const);
  let fall: Tensor | null = null;
  const steps: { factor: number; loss: Tensor }[] = [];
  try {
    for (const factor of FACTORS) {
      const own = likeNew(optimizer, rate * factor);
      if (!own) break;
      own.applyGradients(grads);
      if (factor === 1) fall = tidy(() => fallOf(before, grads));
      const kept: Tensor[] = [];
      steps.push({ factor, loss: lossOf(subject, batch, kept) });
      dispose(kept);
      own.dispose();
      for (const [variable, value] of before) variable.assign(value);
    }
  } catch {
    // An optimizer that cannot be made anew tells nothing.
  } finally {
    for (const [variable, value] of before) variable.assign(value);
  }
  return { steps, fall };
}

const fallOf = (before: readonly (readonly [Variable, Tensor])[], grads: Readonly<Record<string, Tensor>>): Tensor =>
  before.reduce<Tensor>(
    (total, [variable, value]) => add(total, inner(sub(value, variable), grads[variable.name] as Tensor)),
    scalar(0),
  );

/** The learning rate of an optimizer; null if it does not tell. */
export function rateOf(optimizer: Optimizer): number | null {
  const { learningRate } = optimizer as unknown as { readonly learningRate?: unknown };
  const told = learningRate ?? configOf(optimizer)?.['learningRate'];
  return typeof told === 'number' ? told : null;
}

function configOf(optimizer: Optimizer): Readonly<Record<string, unknown>> | null {
  try {
    return optimizer.getConfig();
  } catch {
    return null;
  }
}

/** An optimizer of the same kind with another rate, that has made no step yet. */
function likeNew(optimizer: Optimizer, learningRate: number): Optimizer | null {
  const config = configOf(optimizer);
  const own = optimizer.constructor as unknown as {
    fromConfig?: (cls: unknown, config: object) => Optimizer;
  };
  return config && own.fromConfig ? own.fromConfig(own, { ...config, learningRate }) : null;
}
