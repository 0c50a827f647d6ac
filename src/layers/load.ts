import { dispose, io, serialization, type NamedTensorMap, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Json } from '../core/config.js';
import { fail, show } from '../core/fail.js';
import { findLoss } from '../getLoss.js';
import { fromConfig, type ReadOptions } from '../keras/fromConfig.js';
import { isOfThisPackage, registeredParts } from '../keras/registered.js';
import { compile, type CompileArgs, type Metrics } from './compile.js';
import type { CompiledModel } from './compiledModel.js';
import { isMetric, type ModelMetric } from './metrics.js';
import { optimizerConfig } from './optimizers.js';
import type { TrainingConfig } from './settled.js';

export interface LoadArgs extends ReadOptions {
  /** In place of the optimizer of the file, for one that tfjs does not have. */
  readonly optimizer?: CompileArgs['optimizer'];
  /** Whether the weights of the file must be those of the model, neither more nor fewer. Default true. */
  readonly strict?: boolean;
}

const who = 'load';

/**
 * Loads a layers model with the loss that it was trained with, compiled by `compile`: one saved by `save`, one saved by
 * tfjs with its optimizer, and one that tfjs's converter has made of a Keras file with a `training_config`. A file
 * without any gives a model that is not compiled.
 *
 * `customObjects` are losses and metrics that are not of this package, by name. Layers of your own have to be registered
 * with tfjs.
 *
 * @throws if the file names a loss or an optimizer that nobody has, or its weights are not those of the model.
 * @example const model = await load('localstorage://model');
 */
export async function load(handlerOrURL: io.IOHandler | string, args: LoadArgs = {}): Promise<CompiledModel> {
  const handler = typeof handlerOrURL === 'string' ? handlerOf(handlerOrURL) : handlerOrURL;
  if (!handler.load) fail(who, 'the handler cannot load; expected one with the method load');
  const { modelTopology, trainingConfig, weightData, weightSpecs = [], userDefinedMetadata } = await handler.load();
  const topology = modelTopology as Topology;
  // A file by tfjs has its own version there.
  const kerasVersion = args.kerasVersion ?? /^\d.*/.exec(topology.keras_version ?? '')?.[0];
  const training = (trainingConfig as TrainingConfig | undefined) ?? topology.training_config;
  const compileArgs = training && compileArgsOf(training, { ...args, ...(kerasVersion && { kerasVersion }) });
  const model = deserialized(topology.model_config ?? topology) as LayersModel;
  const tensors: NamedTensorMap = weightData ? io.decodeWeights(weightData, weightSpecs) : {};
  try {
    if (userDefinedMetadata) model.setUserDefinedMetadata(userDefinedMetadata);
    if (compileArgs) compile(model, compileArgs);
    const isOfOptimizer = new Set(weightSpecs.filter(({ group }) => group === 'optimizer').map(({ name }) => name));
    const weights = Object.entries(tensors).filter(([name]) => !isOfOptimizer.has(name));
    if (weightData) model.loadWeights(Object.fromEntries(weights), args.strict ?? true);
    const state = [...isOfOptimizer].map((name) => ({ name, tensor: tensors[name] as Tensor }));
    if (compileArgs && !args.optimizer && state.length > 0) await model.optimizer.setWeights(state);
  } catch (error) {
    model.dispose();
    if (compileArgs && compileArgs.optimizer !== args.optimizer) (compileArgs.optimizer as Optimizer).dispose();
    throw error;
  } finally {
    dispose(tensors);
  }
  return model as CompiledModel;
}

interface Topology {
  readonly model_config?: object;
  readonly training_config?: TrainingConfig;
  readonly keras_version?: string;
}

/** How a file says that the model is compiled; null if it does not name a loss. */
function compileArgsOf(training: TrainingConfig, args: LoadArgs): CompileArgs | null {
  const { loss, metrics, loss_weights: lossWeights, optimizer_config: optimizer } = training;
  if (loss === null || (typeof loss === 'object' && Object.keys(loss).length === 0)) {
    console.warn(`${who}: the file names no loss (tfjs does not save functions). The model is not compiled.`);
    return null;
  }
  if (training.weighted_metrics) console.warn(`${who}: weighted_metrics are left out; there are none here.`);
  const losses = fromConfig(loss, args);
  const known = args.optimizer ?? (optimizer && (deserialized(optimizerConfig(optimizer)) as Optimizer));
  if (!known) fail(who, 'the file names no optimizer; expected one in the argument optimizer');
  return {
    optimizer: known,
    loss: losses,
    metrics: metricsFrom(metrics, args) as Metrics | null,
    lossWeights: (lossWeights ?? null) as CompileArgs['lossWeights'] & Json,
  };
}

/** Metrics as Keras or this package writes them; one that nobody has is left out, and that is said. */
function metricsFrom(json: Json | undefined, args: LoadArgs): unknown {
  if (json === null || json === undefined) return null;
  if (typeof json === 'string') return knownMetric(json, args);
  if (Array.isArray(json)) {
    return (json as readonly Json[]).map((one) => metricsFrom(one, args)).filter((one) => one !== null);
  }
  const { class_name: className, config, registered_name: registered } = json as { readonly [key: string]: Json };
  if (typeof className !== 'string') {
    return Object.fromEntries(Object.entries(json).map(([output, one]) => [output, metricsFrom(one as Json, args)]));
  }
  // A function has its name in place of a config.
  if (typeof config === 'string') return knownMetric(config, args);
  const { fn, ...options } = (config ?? {}) as Readonly<Record<string, Json>>;
  // One in Keras's wrapper is in it.
  if (fn !== undefined) return metricsFrom(fn, args);
  if (findLoss(className) || isOfThisPackage(registered)) return fromConfig(json, args);
  const strange = Object.entries(options).filter(([name, value]) => !usualOfMetrics(name, value));
  if (strange.length > 0) {
    const named = strange.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ');
    console.warn(`${who}: of the metric ${className} not everything is known: ${named} is left out.`);
  }
  return knownMetric(className, args);
}

/** What Keras writes of every metric, and where it takes a prediction for a yes by default. */
const usualOfMetrics = (name: string, value: Json): boolean =>
  ['name', 'dtype'].includes(name) || value === null || (name === 'threshold' && value === 0.5);

/** The metric of a name, which may have the package of a function before it that is not of this one. */
function knownMetric(name: string, { customObjects = {} }: LoadArgs): ModelMetric | null {
  const { plain, packageName } = registeredParts(name);
  const custom = customObjects[plain];
  if (custom) return custom;
  const inCamelCase = plain.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  // The first as it was written: tfjs logs it so.
  const candidates = [plain, inCamelCase.charAt(0).toLowerCase() + inCamelCase.slice(1)];
  const known = packageName === undefined ? candidates.find(isMetric) : undefined;
  if (known === undefined) console.warn(`${who}: nobody knows the metric ${show(plain)}; it is left out.`);
  return known ?? null;
}

/**
 * A model or an optimizer out of its config, by tfjs's own means. tfjs-core knows the classes that are registered, but what
 * reads Keras's spelling is inside tfjs-layers: a model's method for optimizers, which takes configs of anything.
 */
function deserialized(config: object): unknown {
  const { classNameMap } = serialization.SerializationMap.getMap();
  const [modelClass] = (classNameMap['Model'] ?? []) as { readonly prototype: ReadsConfigs }[];
  if (!modelClass) fail(who, 'tfjs-layers is not there; expected it to be imported before');
  let result: unknown;
  const taking = { compile: ({ optimizer }: { optimizer: unknown }) => void (result = optimizer) };
  modelClass.prototype.loadTrainingConfig.call(taking, { optimizer_config: config });
  return result;
}

interface ReadsConfigs {
  loadTrainingConfig(this: object, config: { readonly optimizer_config: object }): void;
}

function handlerOf(url: string): io.IOHandler {
  const handlers = io.getLoadHandlers(url);
  if (handlers.length > 1) fail(who, `${handlers.length} handlers know ${show(url)}; expected one`);
  return handlers[0] ?? io.browserHTTPRequest(url);
}
