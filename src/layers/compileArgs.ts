import type { Optimizer } from '@tensorflow/tfjs-core';
import type { ModelMetric } from './metrics.js';
import type { ModelLoss } from './outputLoss.js';
import type { PerOutput } from './perOutput.js';

/** Metrics of all outputs with a loss, or by output. */
export type Metrics =
  | ModelMetric
  | readonly ModelMetric[]
  | readonly (readonly ModelMetric[])[]
  | Readonly<Record<string, ModelMetric | readonly ModelMetric[]>>;

export interface CompileArgs {
  /** As in tfjs: an optimizer, or the name of one such as `'adam'`. */
  readonly optimizer: string | Optimizer;
  /** A loss of this package, its name, or any function of labels and predictions. `null`: an output without a loss. */
  readonly loss: PerOutput<ModelLoss>;
  /**
   * Names, losses or functions. `'accuracy'`, `'crossentropy'`, `'precision'` and `'recall'` are those for the labels of
   * the loss, and for what it takes its predictions for.
   */
  readonly metrics?: Metrics | null;
  /**
   * The same, weighted: the mean of values by `sampleWeight` and `classWeight`, Σ w·v ÷ Σ w. One that `metrics` has too
   * is called `weighted_…` in logs, as in Keras.
   */
  readonly weightedMetrics?: Metrics | null;
  /** How much the loss of each output counts in the total. Default 1. */
  readonly lossWeights?: PerOutput<number> | null;
}
