import type { Optimizer } from '@tensorflow/tfjs-core';
import type { ModelMetric } from './metrics.js';
import type { PerOutput } from './perOutput.js';
import type { ModelLosses } from './terms.js';

/** Metrics of all outputs whose labels a loss takes, or by output. */
export type Metrics =
  | ModelMetric
  | readonly ModelMetric[]
  | readonly (readonly ModelMetric[])[]
  | Readonly<Record<string, ModelMetric | readonly ModelMetric[]>>;

export interface CompileArgs {
  /** As in tfjs: an optimizer, or the name of one such as `'adam'`. */
  readonly optimizer: string | Optimizer;
  /**
   * A loss of this package, its name, or any function of labels and predictions. `null`: an output without a loss. In its
   * place `{ loss, of, labels }` takes predictions of several outputs, or no labels; that may also have a name of its own.
   */
  readonly loss: ModelLosses;
  /**
   * Names, losses or functions. `'accuracy'`, `'crossentropy'`, `'precision'` and `'recall'` are those for the labels of
   * the loss, and for what it takes its predictions for.
   */
  readonly metrics?: Metrics | null | undefined;
  /**
   * The same, weighted: the mean of values by `sampleWeight` and `classWeight`, Σ w·v ÷ Σ w. One that `metrics` has too
   * is called `weighted_…` in logs, as in Keras.
   */
  readonly weightedMetrics?: Metrics | null | undefined;
  /** How much each loss counts in the total, by the names that losses have. Default 1. */
  readonly lossWeights?: PerOutput<number> | null | undefined;
}
