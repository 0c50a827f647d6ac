import { dispose, io, type Optimizer, type Tensor, tidy, util } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { failBecause, orBecause } from '../definition/because.js';
import { fail, show } from '../definition/fail.js';
import type { Json } from '../definition/kerasFacts.js';
import { flag } from '../definition/kinds.js';
import type { OptionSchema } from '../definition/options.js';
import { argumentsOf, type Reading, readingSchema, type ReadOptions } from '../keras/reading.js';
import { loadHandlers } from '../tfjs/registries.js';
import { allOrNothing } from './allOrNothing.js';
import { compile } from './compile.js';
import type { CompileArgs, Metrics } from './compileArgs.js';
import type { CompiledModel } from './compiledModel.js';
import { deserialized } from './deserialized.js';
import { lossesFrom } from './fileLosses.js';
import { metricsFrom } from './fileMetrics.js';
import { innerOf } from './internals.js';
import { modelFile, type ModelFile, type SavedWeights } from './modelFile.js';
import { optimizer, optimizerConfig, slotsOf } from './optimizers.js';
import { settledParts, variablesOf } from './trainable.js';

export interface LoadArgs extends ReadOptions {
  /** In place of the optimizer of the file, for one that tfjs does not have. */
  readonly optimizer?: CompileArgs['optimizer'] | undefined;
  /** Whether the weights of the file must be those of the model, neither more nor fewer. Default true. */
  readonly strict?: boolean | undefined;
}

interface Loading extends Reading {
  readonly optimizer: CompileArgs['optimizer'] | undefined;
  readonly strict: boolean;
}

const schema: OptionSchema<Loading> = {
  ...readingSchema,
  optimizer: [undefined, optimizer],
  strict: [true, flag],
};

const who = 'load';

const expectedAddress = 'expected the address of a saved model';

/**
 * Loads a layers model with the loss that it was trained with, compiled by `compile`: one saved by `save`, one saved by
 * tfjs with its optimizer, and one that tfjs's converter has made of a Keras file with a `training_config`. A file
 * without any gives a model that is not compiled.
 *
 * `customObjects` are losses and metrics that are not of this package, by name; they come before all others. A bare name is
 * one that Keras has, see `fromConfig`. What Keras 2.0 and later have written of an optimizer is read by the names and
 * defaults of that version. Layers of your own have to be registered with tfjs.
 *
 * @throws if the handler cannot load, the file is damaged, it names a loss, a metric or an optimizer that nobody has, or its
 * weights are not those of the model. What another has thrown is the `cause` of the error, and nothing is left in memory.
 * @example const model = await load('localstorage://model');
 */
export async function load(handlerOrURL: io.IOHandler | string, args: LoadArgs = {}): Promise<CompiledModel> {
  const loading = argumentsOf(who, schema, args);
  const file = modelFile(await artifactsOf(handlerOrURL));
  const weights = file.weights && decoded(file.weights);
  try {
    return await built(file, weights, loading);
  } finally {
    dispose(weights?.map(({ tensor }) => tensor) ?? []);
  }
}

async function artifactsOf(handlerOrURL: unknown): Promise<unknown> {
  const handler = typeof handlerOrURL === 'string' ? handlerOf(handlerOrURL) : (handlerOrURL as io.IOHandler | null);
  if (typeof handler?.load !== 'function') {
    fail(who, `the handler is ${show(handlerOrURL)}; expected an address, or a handler with the method load`);
  }
  try {
    return await handler.load();
  } catch (cause) {
    return failBecause(who, 'the handler could not load', cause, expectedAddress);
  }
}

function handlerOf(url: string): io.IOHandler {
  const handlers = loadHandlers(url);
  if (handlers.length > 1) fail(who, `${handlers.length} handlers know ${show(url)}; expected one`);
  const known = (): io.IOHandler => handlers[0] ?? io.browserHTTPRequest(url);
  return orBecause(who, `no handler knows ${show(url)}`, expectedAddress, known);
}

/** A tensor of a file, which may be part of the state of the optimizer. */
interface SavedTensor {
  readonly name: string;
  readonly tensor: Tensor;
  readonly isOfOptimizer: boolean;
}

function decoded({ specs, data }: SavedWeights): readonly SavedTensor[] {
  // By number: names are the file's.
  const numbered = specs.map((spec, i) => ({ ...spec, name: String(i) }));
  const tensors = orBecause(who, 'the weights of the file cannot be read', 'expected them as weightSpecs says', () =>
    tidy(() => io.decodeWeights(data, numbered)),
  );
  return specs.map(({ name, group }, i) => {
    return { name, tensor: tensors[String(i)] as Tensor, isOfOptimizer: group === 'optimizer' };
  });
}

/** The model of a file, with its weights and the state of its optimizer. */
async function built(
  file: ModelFile,
  weights: readonly SavedTensor[] | null,
  loading: Loading,
): Promise<CompiledModel> {
  const { result: model, discard } = allOrNothing(() => withWeights(file, weights, loading));
  const state = weights?.filter(({ isOfOptimizer }) => isOfOptimizer) ?? [];
  if (!isCompiled(model) || loading.optimizer || state.length === 0) return model;
  const remedy = 'expected that of the optimizer in the file, or another optimizer in the argument optimizer';
  try {
    checkState(model, state);
    await model.optimizer.setWeights(state.map(({ name, tensor }) => ({ name, tensor })));
    return model;
  } catch (cause) {
    disposeQuietly(model.optimizer);
    discard();
    return failBecause(who, 'the state of the optimizer in the file does not fit', cause, remedy);
  }
}

/** Whatever it has taken of its state; the error that matters is another one. */
function disposeQuietly(optimizer: Optimizer): void {
  try {
    optimizer.dispose();
  } catch {
    // What it had before is disposed all the same.
  }
}

const isCompiled = (model: LayersModel): boolean => (model.optimizer as Optimizer | undefined) !== undefined;

/**
 * The state of an optimizer is how often it has stepped, and then, if it has, float32 tensors of the shapes of the model's
 * weights, in their order, as often as it needs them. tfjs takes whatever it gets.
 */
function checkState(model: LayersModel, [iter, ...slots]: readonly SavedTensor[]): void {
  if (iter?.name !== 'iter' || iter.tensor.size !== 1) fail(who, 'it does not begin with the number of steps');
  const steps = iter.tensor.dataSync()[0];
  if (!Number.isInteger(steps) || Number(steps) < 0) fail(who, `the number of steps is ${show(steps)}`);
  const shapes = variablesOf(innerOf(model), settledParts(model)).map(({ shape }) => shape);
  const odd = slots.find(({ tensor }, i) => !util.arraysEqual(tensor.shape, shapes[i % shapes.length] ?? []));
  if (odd) fail(who, `${show(odd.name)} has shape ${show(odd.tensor.shape)}, unlike the weight that it is for`);
  const strange = slots.find(({ tensor }) => tensor.dtype !== 'float32');
  if (strange) fail(who, `${show(strange.name)} has the dtype ${strange.tensor.dtype}, not float32`);
  const ofEach = slotsOf(model.optimizer);
  const isFull = ofEach === undefined ? slots.length % shapes.length === 0 : slots.length === ofEach * shapes.length;
  if (!isFull && !(steps === 0 && slots.length === 0)) {
    fail(who, `it has ${slots.length} tensors for ${shapes.length} weights, each of which has ${ofEach ?? 'as many'}`);
  }
}

function withWeights(file: ModelFile, weights: readonly SavedTensor[] | null, loading: Loading): CompiledModel {
  const { strict } = loading;
  const args = compileArgsOf(file, loading);
  const model = orBecause(who, 'modelTopology is no layers model', 'expected one; register layers of your own', () =>
    modelOf(file.model),
  );
  if (file.metadata) model.setUserDefinedMetadata(file.metadata);
  if (args) {
    orBecause(who, 'the model cannot be compiled as the file says', 'expected a training_config for it', () =>
      compile(model, args),
    );
  }
  const ofModel = weights?.filter(({ isOfOptimizer }) => !isOfOptimizer) ?? [];
  const named = Object.fromEntries(ofModel.map(({ name, tensor }) => [name, tensor]));
  const remedy = `expected the same${strict ? ', or strict: false' : ''}`;
  orBecause(who, 'the weights of the file are not those of its model', remedy, () => {
    // tfjs 4.10 trips over no weights at all.
    const { length } = model.weights;
    if (ofModel.length > 0) model.loadWeights(named, strict);
    else if (strict && length > 0) throw new Error(`${length} of ${length} weights are not set`);
  });
  return model as CompiledModel;
}

function modelOf(config: object): LayersModel {
  const model = deserialized(config) as LayersModel;
  const { class_name: name } = config as { readonly class_name?: unknown };
  if (typeof (model.loadWeights as unknown) !== 'function') fail(who, `it is ${show(name)}`);
  return model;
}

/** How a file says that the model is compiled; null if it does not say it, or does not name a loss. */
function compileArgsOf({ training, kerasVersion, hasNamesOfCompile }: ModelFile, loading: Loading): CompileArgs | null {
  if (training === null) return null;
  const { loss = null, metrics = null, weighted_metrics: weightedMetrics = null } = training;
  const { loss_weights: lossWeights = null, optimizer_config: written = null } = training;
  if (loss === null || (typeof loss === 'object' && Object.keys(loss).length === 0)) {
    console.warn(`${who}: the file names no loss (tfjs does not save functions). The model is not compiled.`);
    return null;
  }
  const { customObjects } = loading;
  const version = loading.kerasVersion ?? kerasVersion;
  const reading: Reading = { customObjects, ...(version && { kerasVersion: version }) };
  if (written === null && !loading.optimizer) {
    fail(who, 'the file names no optimizer; expected one in the argument optimizer');
  }
  return orBecause(who, 'training_config cannot be used', 'expected one of Keras or of this package', () => ({
    loss: lossesFrom(loss, reading),
    metrics: metricsFrom(metrics, { ...reading, hasNamesOfCompile }) as Metrics | null,
    weightedMetrics: metricsFrom(weightedMetrics, { ...reading, hasNamesOfCompile }) as Metrics | null,
    lossWeights: lossWeights as CompileArgs['lossWeights'] & Json,
    optimizer: loading.optimizer ?? (deserialized(optimizerConfig(written, version)) as Optimizer),
  }));
}
