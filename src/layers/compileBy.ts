import type { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beQuiet } from '../advice/firstCalls.js';
import { cut, fail, show } from '../definition/fail.js';
import { isOptions } from '../definition/options.js';
import { isOwn } from '../losses/composition/combine.js';
import { misfitsOf } from './activationFit.js';
import { bridge } from './bridge.js';
import type { CompileArgs, Metrics } from './compileArgs.js';
import type { CompiledModel } from './compiledModel.js';
import { classOf, type InnerModel, innerOf, replaceMethods, takeBack } from './internals.js';
import { isDefined } from './definedLoss.js';
import { namedArguments } from './keys.js';
import type { LossNames } from './lossNames.js';
import type { Metric } from './means.js';
import { isResolvedByLoss, type ModelMetric, outputMetric } from './metrics.js';
import { optimizer as optimizerKind } from './optimizers.js';
import { isModelLoss } from './outputLoss.js';
import { type OneOutput, perOutput } from './perOutput.js';
import { saveBy } from './saveBy.js';
import { settle } from './settled.js';
import { type Term, termsOf } from './terms.js';
import { forget, functionsIn, remember } from './trainingConfig.js';
import { settledParts } from './trainable.js';

const who = 'compile';

/** `compile`, with losses and metrics by these names. */
export function compileBy<M extends LayersModel>(names: LossNames, model: M, args: CompileArgs): CompiledModel<M> {
  checkModel(model, args);
  if (!isOptions(args) || !('optimizer' in args && 'loss' in args)) {
    fail(who, `the arguments are ${show(args)}; expected an object with optimizer and loss`);
  }
  const { optimizer, loss, metrics, weightedMetrics, lossWeights } = namedArguments(who, args);
  if (!optimizerKind.accepts(optimizer)) {
    fail(who, `optimizer is ${show(optimizer)}; expected ${optimizerKind.expected}`);
  }
  const outputNames = outputNamesOf(model);
  const terms = termsOf(names, loss, lossWeights, outputNames);
  const losses = outputNames.map((_, i) => lossOfLabels(terms, i));
  const compiledMetrics = (argument: 'metrics' | 'weightedMetrics', given: CompileArgs['metrics']): Metric[][] =>
    metricsByOutput(
      argument,
      given,
      outputNames,
      losses.map((one) => one !== null),
    ).map((ofOutput, i) =>
      ofOutput.map((metric) => outputMetric(metric, losses[i] ?? null, argument === 'weightedMetrics', names)),
    );
  const [plain, weighted] = [compiledMetrics('metrics', metrics), compiledMetrics('weightedMetrics', weightedMetrics)];

  // tfjs makes an optimizer of its name, and prepares the model.
  model.compile({ optimizer, loss: outputNames.map(() => neverCalled), metrics: [] });
  const inner = innerOf(model);
  for (const term of terms) {
    const misfits = misfitsOf(term, inner, outputNames);
    for (const { message } of misfits) console.warn(message);
    if (misfits.length > 0 && isDefined(term.loss)) beQuiet(term.loss.definition);
  }
  const outputs = outputNames.map((name, i) => {
    return { name, loss: losses[i] ?? null, metrics: plain[i] ?? [], weightedMetrics: weighted[i] ?? [] };
  });
  const parts = settledParts(model);
  const lacking = bridge(inner, parts, { outputs, terms });
  if (lacking.length > 0) {
    console.warn(
      `${who}: the model has no ${lacking.join(', ')} to be replaced, so that tfjs does not compute what was compiled; ` +
        'expected a model of tfjs-layers, loaded once.',
    );
  }
  bridgeOuter(names, model, inner);
  remember(model, args);
  settle(model, { outputs, terms, parts });
  return model as CompiledModel<M>;
}

/** Throws unless it is a model of tfjs-layers that knows its outputs. */
function checkModel(model: unknown, args: unknown): void {
  if (args === undefined && isOptions(model)) {
    const { optimizer, loss } = model as { readonly optimizer?: unknown; readonly loss?: unknown };
    const shown = [`optimizer${inCode(optimizer)}`, `loss${inCode(loss)}`].join(', ');
    fail(who, `the model is left out; expected compile(model, { ${shown} })`);
  }
  const { outputs, compile: method } = (model ?? {}) as { readonly outputs?: unknown; readonly compile?: unknown };
  if (typeof method !== 'function') fail(who, `the model is ${show(model)}; expected one of tfjs-layers`);
  if (!Array.isArray(outputs) || outputs.length === 0)
    fail(who, 'the model is not built; expected an inputShape in its first layer');
}

/** A name as an object in code has it, `: 'adam'`; of what is no name, nothing, as of a variable. */
const inCode = (value: unknown): string =>
  typeof value === 'string'
    ? `: '${cut(value)}'`
    : typeof value === 'function' && value.name
      ? `: ${cut(value.name)}`
      : '';

/** A Sequential model hands most calls to the model inside it, and makes a new one when it is compiled. */
function bridgeOuter(names: LossNames, model: LayersModel, inner: InnerModel): void {
  const outer = model as unknown as InnerModel;
  const original = classOf(outer);
  outer.metricsNames = inner.metricsNames;
  replaceMethods(outer, {
    ...(outer !== inner && { trainOnBatch: inner.trainOnBatch.bind(inner) }),
    compile: (args: object) => {
      takeBack(outer);
      forget(model);
      settle(model, null);
      outer.compile(args);
      for (const warning of plainWarnings(args as CompileArgs)) console.warn(warning);
    },
    save: (handler: io.IOHandler | string, args?: io.SaveConfig) => {
      const { includeOptimizer, ...rest } = args ?? {};
      return includeOptimizer ? saveBy(names, model, handler, rest) : original.save.call(outer, handler, rest);
    },
  });
}

/** What is to be said of `model.compile`, where tfjs knows what accuracy is for its own losses only. */
function plainWarnings({ loss, metrics }: CompileArgs): string[] {
  const ofTfjs = namesIn(metrics).find(isResolvedByLoss);
  if (!functionsIn(loss).some(isOwn) || ofTfjs === undefined) return [];
  return [
    `model.compile: tfjs computes ${show(ofTfjs)} as for a loss of its own, which may be another number. Use compile of ` +
      'tfjs-losses/layers in its place, or accuracyFor(loss) as the metric.',
  ];
}

const namesIn = (metrics: unknown): string[] => {
  if (typeof metrics === 'string') return [metrics];
  return typeof metrics === 'object' && metrics !== null ? Object.values(metrics).flatMap(namesIn) : [];
};

/** Stands in tfjs for what the bridge computes. */
function neverCalled(): never {
  return fail(who, 'tfjs computed a loss by itself; expected the model to be used as it was compiled');
}

/** The loss that says what the labels of an output mean: that of the output, or another that takes them. */
function lossOfLabels(terms: readonly Term[], output: number): Term['loss'] | null {
  const taking = terms.filter(({ labelsOf }) => labelsOf === output);
  return (taking.find((term) => term.output === output) ?? taking[0])?.loss ?? null;
}

const metricsOfOutput: OneOutput<ModelMetric | readonly ModelMetric[]> = {
  expected: 'metrics: names, losses or functions',
  is: (value) => isModelLoss(value) || (Array.isArray(value) && value.every(isModelLoss)),
};

/** As tfjs names them, also before it has built a Sequential model. */
const outputNamesOf = (model: LayersModel): readonly string[] =>
  model.outputs.map(({ sourceLayer }) => (sourceLayer as { readonly name: string }).name);

function metricsByOutput(
  argument: string,
  metrics: Metrics | null | undefined,
  names: readonly string[],
  haveLabels: readonly boolean[],
): readonly (readonly ModelMetric[])[] {
  if (metrics === null || metrics === undefined) return names.map(() => []);
  const flat = [metrics].flat(2) as readonly ModelMetric[];
  const isFlat = isModelLoss(metrics) || (Array.isArray(metrics) && metrics.every(isModelLoss));
  if (isFlat && flat.length > 0 && !haveLabels.includes(true))
    fail(who, `no loss takes labels; expected ${argument} by output, as they want labels`);
  if (isFlat) return haveLabels.map((has) => (has ? flat : []));
  return perOutput(who, argument, metrics, names, metricsOfOutput).map((some) => (some === null ? [] : [some].flat()));
}
