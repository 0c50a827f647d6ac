import { dispose, type io, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { failBecause } from '../definition/because.js';
import { fail, show } from '../definition/fail.js';
import { flag } from '../definition/kinds.js';
import type { OptionSchema } from '../definition/options.js';
import { argumentsOf } from '../keras/reading.js';
import { saveHandlers } from '../tfjs/registries.js';
import { classOf, type InnerLayer, type InnerModel } from './internals.js';
import type { LossNames } from './lossNames.js';
import { type TrainingConfig, trainingConfigOf } from './trainingConfig.js';

export interface SaveArgs {
  /** Leaves out weights that are not trained. Default false. */
  readonly trainableOnly?: boolean | undefined;
}

const who = 'save';

const schema: OptionSchema<SaveArgs> = { trainableOnly: [false, flag] };

/** `save`, of a model that tfjs alone has compiled with losses by these names too. */
export async function saveBy(
  names: LossNames,
  model: LayersModel,
  handlerOrURL: io.IOHandler | string,
  args: SaveArgs,
): Promise<io.SaveResult> {
  checkModel(model);
  const given = argumentsOf(who, schema, args);
  const handler = typeof handlerOrURL === 'string' ? handlerOf(handlerOrURL) : (handlerOrURL as io.IOHandler | null);
  if (typeof handler?.save !== 'function') {
    fail(who, `the handler is ${show(handlerOrURL)}; expected an address, or a handler with the method save`);
  }
  checkNames((model as unknown as InnerLayer).layers ?? []);
  const training = trainingConfigOf(names, model);
  const artifacts = await artifactsOf(model, training, given);
  try {
    return await handler.save(artifacts);
  } catch (cause) {
    return failBecause(who, 'the handler could not save', cause, 'expected one that can write where it is to');
  }
}

/** What is to be written, as tfjs makes it, with the losses in it. */
async function artifactsOf(
  model: LayersModel,
  training: TrainingConfig | null,
  args: SaveArgs,
): Promise<io.ModelArtifacts> {
  const made: Tensor[] = [];
  const written = Object.create(model, {
    // tfjs knows losses by its own names only: it is kept from looking.
    getTrainingConfig: { value: () => ({}) },
    optimizer: { value: training && notingIterations(model.optimizer, made) },
  }) as InnerModel;
  const taking = { save: (artifacts: io.ModelArtifacts) => Promise.resolve(artifacts) };
  const original = classOf(model as unknown as InnerModel);
  try {
    const artifacts = await original.save.call(written, taking, { ...args, includeOptimizer: true });
    return withTraining(artifacts as io.ModelArtifacts, training);
  } catch (cause) {
    return failBecause(who, 'tfjs could not write the model', cause, 'expected layers and an optimizer that it can');
  } finally {
    dispose(made);
  }
}

function checkModel(model: unknown): void {
  if (typeof (model as Partial<LayersModel> | null)?.toJSON !== 'function') {
    fail(who, `the model is ${show(model)}; expected a model of tfjs-layers`);
  }
}

/** tfjs looks layers up by name in a table that has more names than theirs. */
function checkNames(layers: readonly InnerLayer[]): void {
  const odd = layers.find(({ name }) => name in Object.prototype);
  if (odd) fail(who, `a layer is called ${show(odd.name)}, which tfjs cannot read again; expected another name`);
  for (const { layers: inner = [] } of layers) checkNames(inner);
}

/** The count of iterations is made a tensor for the file, which tfjs never disposes. */
const notingIterations = (optimizer: Optimizer, made: Tensor[]): Optimizer =>
  Object.create(optimizer, {
    getWeights: {
      value: async () => {
        const weights = await optimizer.getWeights();
        made.push(...weights.filter(({ name }) => name === 'iter').map(({ tensor }) => tensor));
        return weights;
      },
    },
  }) as Optimizer;

/** In the place where tfjs's converter puts what Keras had, and where tfjs does not look. */
function withTraining(artifacts: io.ModelArtifacts, training: TrainingConfig | null): io.ModelArtifacts {
  delete artifacts.trainingConfig;
  if (training === null) return artifacts;
  return { ...artifacts, modelTopology: { model_config: artifacts.modelTopology, training_config: training } };
}

function handlerOf(url: string): io.IOHandler {
  const handlers = saveHandlers(url);
  const [handler] = handlers;
  if (!handler || handlers.length > 1) fail(who, `${handlers.length} handlers know ${show(url)}; expected one`);
  return handler;
}
