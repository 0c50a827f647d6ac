import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { fail, show } from '../definition/fail.js';
import type { Json } from '../definition/kerasFacts.js';
import { byOutput, written } from '../keras/written.js';
import { isOwn } from '../losses/composition/combine.js';
import type { CompileArgs, Metrics } from './compileArgs.js';
import { writtenLosses } from './fileLosses.js';
import { innerOf } from './internals.js';
import type { LossNames } from './lossNames.js';
import type { OptimizerConfig } from './optimizers.js';
import { isResolvedByLoss } from './metrics.js';

/** How a model was compiled, as far as a file keeps it. */
export type CompiledWith = Pick<CompileArgs, 'loss' | 'metrics' | 'weightedMetrics' | 'lossWeights'>;

/** What Keras calls `training_config`, in its format for losses and in that of tfjs for the optimizer. */
export interface TrainingConfig {
  readonly loss: Json;
  readonly loss_weights?: Json;
  readonly metrics?: Json;
  readonly weighted_metrics?: Json;
  readonly optimizer_config?: OptimizerConfig;
  /** Present where names of metrics that Keras lacks are registered ones, and not whatever `compile` takes. */
  readonly has_registered_names?: true;
}

const who = 'save';

const compiledWith = new WeakMap<LayersModel, CompiledWith>();

export const remember = (model: LayersModel, args: CompiledWith): void => void compiledWith.set(model, args);

export const forget = (model: LayersModel): void => void compiledWith.delete(model);

/**
 * How a model is compiled, by this package or by tfjs alone; null if it is not.
 *
 * @throws if a loss or metric is a function without a name, or with that of another one; if one is made of functions.
 */
export function trainingConfigOf(names: LossNames, model: LayersModel): TrainingConfig | null {
  const optimizer = model.optimizer as Optimizer | undefined;
  if (!optimizer) return null;
  const { loss, metrics } = innerOf(model);
  const args: CompiledWith = compiledWith.get(model) ?? {
    loss: loss as CompiledWith['loss'],
    metrics: metrics as Metrics,
  };
  refuseNamesakes([args.loss, args.metrics, args.weightedMetrics]);
  return {
    loss: writtenLosses(who, names.get, args.loss),
    loss_weights: (args.lossWeights ?? null) as Json,
    metrics: writtenMetrics(names, args.metrics),
    weighted_metrics: writtenMetrics(names, args.weightedMetrics),
    optimizer_config: { class_name: optimizer.getClassName(), config: optimizer.getConfig() },
    has_registered_names: true,
  };
}

/** Names of metrics stay names: what they mean depends on the loss, and logs have them. */
function writtenMetrics(names: LossNames, metrics: unknown): Json {
  if (metrics === null || metrics === undefined) return null;
  if (typeof metrics === 'string')
    return names.find(metrics) && !isResolvedByLoss(metrics) ? names.written(metrics) : metrics;
  if (typeof metrics === 'function') return written(names.get, metrics);
  return Object.keys(metrics).length === 0 ? [] : byOutput(who, metrics, (one) => writtenMetrics(names, one));
}

/** Functions that are not of this package are found again by their names, so that one name is for one function. */
function refuseNamesakes(losses: unknown): void {
  const seen = new Map<string, unknown>();
  for (const loss of functionsIn(losses)) {
    if (isOwn(loss)) continue;
    if (seen.has(loss.name) && seen.get(loss.name) !== loss) {
      fail(who, `two functions are called ${show(loss.name)}; expected a name of its own for each`);
    }
    seen.set(loss.name, loss);
  }
}

/** The functions in a function, a list or an object. */
export const functionsIn = (value: unknown): readonly ((...args: never[]) => unknown)[] => {
  if (typeof value === 'function') return [value as () => unknown];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(functionsIn) : [];
};
