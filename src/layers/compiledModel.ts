import type { Scalar } from '@tensorflow/tfjs-core';
import type {
  History,
  LayersModel,
  ModelEvaluateArgs,
  ModelFitArgs,
  ModelFitDatasetArgs,
} from '@tensorflow/tfjs-layers';
import type { ClassWeights, SampleWeight } from './exampleWeights.js';
import type { Tensors } from './internals.js';

type Untyped = 'sampleWeight' | 'classWeight' | 'validationData';

/** Null where no loss and no metric takes labels. */
type Labels = Tensors | null;

type ValidationData = readonly [x: Tensors, y: Labels, sampleWeight?: SampleWeight];

export interface WeightedFitArgs extends Omit<ModelFitArgs, Untyped> {
  /** Weights of examples or of their positions, for all outputs or by output. */
  readonly sampleWeight?: SampleWeight | undefined;
  /** Weights of classes by index; with several outputs, by output. A class that is left out counts 1. */
  readonly classWeight?: ClassWeights | undefined;
  readonly validationData?: ValidationData | undefined;
}

export interface WeightedFitDatasetArgs<T> extends Omit<ModelFitDatasetArgs<T>, Untyped> {
  readonly classWeight?: ClassWeights | undefined;
  readonly validationData?: ValidationData | ModelFitDatasetArgs<T>['validationData'] | undefined;
}

export interface WeightedEvaluateArgs extends Omit<ModelEvaluateArgs, Untyped> {
  readonly sampleWeight?: SampleWeight | undefined;
}

export interface WeightedBatchArgs {
  readonly sampleWeight?: SampleWeight | undefined;
  readonly classWeight?: ClassWeights | undefined;
}

/** A model whose methods take weights, and labels of those outputs only whose labels a loss or a metric takes. */
export type CompiledModel<M extends LayersModel = LayersModel> = M & {
  fit(x: Tensors, y: Labels, args?: WeightedFitArgs): Promise<History>;
  fitDataset<T>(dataset: Parameters<M['fitDataset']>[0], args: WeightedFitDatasetArgs<T>): Promise<History>;
  evaluate(x: Tensors, y: Labels, args?: WeightedEvaluateArgs): Scalar | Scalar[];
  trainOnBatch(x: Tensors, y: Labels, args?: WeightedBatchArgs): Promise<number | number[]>;
};
