import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { CompileArgs } from './compileArgs.js';
import { compileBy } from './compileBy.js';
import type { CompiledModel } from './compiledModel.js';
import { allNames } from './lossNames.js';

/**
 * Compiles a model of tfjs-layers, sequential or functional, so that every loss of labels and predictions works in it, and
 * `fit`, `fitDataset`, `evaluate`, `evaluateDataset` and `trainOnBatch` of the model count as they should:
 *
 * - labels may be class indices for every loss that takes them, `[batch]`, `[batch, 1]` or `[batch, time]`;
 * - the loss of an output is the mean over all positions of the batch that count; one that a layer masks (Masking,
 *   Embedding with `maskZero`) or the loss ignores does not. A reduction other than `'none'` and `'perExample'` is kept;
 * - `classWeight` and `sampleWeight` weigh every loss, per example or per position. Datasets give
 *   `{xs, ys, sampleWeight}`, `evaluate` takes `sampleWeight`, validation data may be `[x, y, sampleWeight]`;
 * - where the model ends in a softmax or a sigmoid, a loss that can computes from the logits before it, as in Keras;
 * - metrics are those of all examples of an epoch, `weightedMetrics` by weights, `'accuracy'` is that for the loss; in
 *   `model.compile` of tfjs it is so for the losses of tfjs only, see `accuracyFor`;
 * - a loss may take predictions of several outputs, or no labels: `{ loss, of, labels }` in its place;
 * - several outputs, also of different ranks or without a loss, are reported as weighted total and parts, and in
 *   validation too, where the penalties of regularizers count as well;
 * - a model saved with its optimizer keeps losses and metrics, see `load`.
 *
 * `model.compile` takes it back. Returns the same model, with a type that knows the weights.
 *
 * @throws if a loss or metric has no known name, takes other inputs than it is given, or names no output of the model.
 * @see Keras `Model.compile`.
 * @example compile(model, { optimizer: 'adam', loss: huber.with({ delta: 2 }), metrics: ['mae'] });
 */
export function compile<M extends LayersModel>(model: M, args: CompileArgs): CompiledModel<M> {
  return compileBy(allNames, model, args);
}
