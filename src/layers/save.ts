import { dispose, io, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fail, show } from '../core/fail.js';
import { classOf, type InnerModel } from './internals.js';
import { trainingConfigOf, type TrainingConfig } from './settled.js';

export interface SaveArgs {
  /** Leaves out weights that are not trained. Default false. */
  readonly trainableOnly?: boolean;
}

const who = 'save';

/**
 * Saves a model with its losses, all their options, loss weights, metrics and the state of its optimizer, for `load`.
 * Works for every compiled model; `model.save` with `includeOptimizer` does the same for those that `compile` of this
 * package has compiled. tfjs loads the file too, as a model that is not compiled.
 *
 * A function that is not of this package is saved by its name; `load` wants it in `customObjects`.
 *
 * @throws before anything is written, if a loss or metric is a function without a name, or holds one in an option; if no
 * handler knows the address.
 * @example await save(model, 'localstorage://model');
 */
export async function save(
  model: LayersModel,
  handlerOrURL: io.IOHandler | string,
  args: SaveArgs = {},
): Promise<io.SaveResult> {
  const training = trainingConfigOf(model);
  const handler = typeof handlerOrURL === 'string' ? handlerOf(handlerOrURL) : handlerOrURL;
  const saveArtifacts = handler.save?.bind(handler);
  if (!saveArtifacts) fail(who, 'the handler cannot save; expected one with the method save');
  const original = classOf(model as unknown as InnerModel);
  const made: Tensor[] = [];
  const written = Object.create(model, {
    // tfjs knows losses by its own names only: it is kept from looking.
    getTrainingConfig: { value: () => ({}) },
    optimizer: { value: training && notingIterations(model.optimizer, made) },
  }) as InnerModel;
  const moving = { save: (artifacts: io.ModelArtifacts) => saveArtifacts(withTraining(artifacts, training)) };
  try {
    return (await original.save.call(written, moving, { ...args, includeOptimizer: true })) as io.SaveResult;
  } finally {
    dispose(made);
  }
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
  const handlers = io.getSaveHandlers(url);
  const [handler] = handlers;
  if (!handler || handlers.length > 1) fail(who, `${handlers.length} handlers know ${show(url)}; expected one`);
  return handler;
}
