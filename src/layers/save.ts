import type { io } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { allNames } from './lossNames.js';
import { type SaveArgs, saveBy } from './saveBy.js';

/**
 * Saves a model with its losses, all their options, loss weights, metrics and the state of its optimizer, for `load`.
 * Works for every compiled model; `model.save` with `includeOptimizer` does the same for those that `compile` of this
 * package has compiled. tfjs loads the file too, as a model that is not compiled.
 *
 * A function that is not of this package is saved by its name; `load` wants it in `customObjects`.
 *
 * @throws before anything is written, if a loss or metric is a function without a name, is made of one, or holds one in an
 * option; if no handler knows the address. If the handler throws, that is the `cause` of the error.
 * @example await save(model, 'localstorage://model');
 */
export async function save(
  model: LayersModel,
  handlerOrURL: io.IOHandler | string,
  args: SaveArgs = {},
): Promise<io.SaveResult> {
  return saveBy(allNames, model, handlerOrURL, args);
}
