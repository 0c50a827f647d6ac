import { Tensor, TensorLike, Scalar, Optimizer, io } from '@tensorflow/tfjs-core';
import { LayersModel, ModelFitArgs, History, ModelFitDatasetArgs, ModelEvaluateArgs } from '@tensorflow/tfjs-layers';
type ClassWeight = Readonly<Record<number, number>>;
type ClassWeights = PerOutput<ClassWeight>;
interface CompileArgs {
  readonly optimizer: string | Optimizer;
  readonly loss: ModelLosses;
  readonly metrics?: Metrics | null | undefined;
  readonly weightedMetrics?: Metrics | null | undefined;
  readonly lossWeights?: PerOutput<number> | null | undefined;
}
type CompiledModel<M extends LayersModel = LayersModel> = M & {
  fit(x: Tensors, y: Labels, args?: WeightedFitArgs): Promise<History>;
  fitDataset<T>(dataset: Parameters<M['fitDataset']>[0], args: WeightedFitDatasetArgs<T>): Promise<History>;
  evaluate(x: Tensors, y: Labels, args?: WeightedEvaluateArgs): Scalar | Scalar[];
  trainOnBatch(x: Tensors, y: Labels, args?: WeightedBatchArgs): Promise<number | number[]>;
};
type CustomObject = (labels: Tensor, predictions: Tensor) => Tensor;
interface KerasTarget {
  readonly kerasVersion?: string | undefined;
}
type Labels = Tensors | null;
interface LoadArgs extends ReadOptions {
  readonly optimizer?: CompileArgs['optimizer'] | undefined;
  readonly strict?: boolean | undefined;
}
type LossFunction = (labels: Tensor, predictions: Tensor) => Tensor;
interface LossTerm {
  readonly loss: string | OwnLoss | ((...tensors: Tensor[]) => Tensor);
  readonly of?: string | readonly string[] | undefined;
  readonly labels?: string | false | undefined;
}
type Metrics =
  | ModelMetric
  | readonly ModelMetric[]
  | readonly (readonly ModelMetric[])[]
  | Readonly<Record<string, ModelMetric | readonly ModelMetric[]>>;
type ModelLoss = string | LossFunction;
type ModelLosses =
  ModelLoss | readonly (ModelLoss | LossTerm | null)[] | Readonly<Record<string, ModelLoss | LossTerm | null>>;
type ModelMetric = ModelLoss;
interface OwnLoss {
  readonly name: string;
  readonly fixed: object;
}
type PerOutput<T> = T | readonly (T | null)[] | Readonly<Record<string, T | null>>;
interface ReadOptions extends KerasTarget {
  readonly customObjects?: Readonly<Record<string, CustomObject>> | undefined;
}
type SampleWeight = PerOutput<TensorInput>;
interface SaveArgs {
  readonly trainableOnly?: boolean | undefined;
}
type TensorInput = Tensor | TensorLike;
type Tensors = Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>;
type Untyped = 'sampleWeight' | 'classWeight' | 'validationData';
type ValidationData = readonly [x: Tensors, y: Labels, sampleWeight?: SampleWeight];
interface WeightedBatchArgs {
  readonly sampleWeight?: SampleWeight | undefined;
  readonly classWeight?: ClassWeights | undefined;
}
interface WeightedEvaluateArgs extends Omit<ModelEvaluateArgs, Untyped> {
  readonly sampleWeight?: SampleWeight | undefined;
}
interface WeightedFitArgs extends Omit<ModelFitArgs, Untyped> {
  readonly sampleWeight?: SampleWeight | undefined;
  readonly classWeight?: ClassWeights | undefined;
  readonly validationData?: ValidationData | undefined;
}
interface WeightedFitDatasetArgs<T> extends Omit<ModelFitDatasetArgs<T>, Untyped> {
  readonly classWeight?: ClassWeights | undefined;
  readonly validationData?: ValidationData | ModelFitDatasetArgs<T>['validationData'] | undefined;
}
declare function accuracyFor(loss: LossFunction): (labels: Tensor, predictions: Tensor) => Scalar;
declare function compile<M extends LayersModel>(model: M, args: CompileArgs): CompiledModel<M>;
declare function load(handlerOrURL: io.IOHandler | string, args?: LoadArgs): Promise<CompiledModel>;
declare function save(model: LayersModel, handlerOrURL: io.IOHandler | string, args?: SaveArgs): Promise<io.SaveResult>;
export { accuracyFor, compile, load, save };
export type {
  ClassWeight,
  ClassWeights,
  CompileArgs,
  CompiledModel,
  LoadArgs,
  LossTerm,
  Metrics,
  ModelLoss,
  ModelLosses,
  ModelMetric,
  PerOutput,
  SampleWeight,
  SaveArgs,
  WeightedBatchArgs,
  WeightedEvaluateArgs,
  WeightedFitArgs,
  WeightedFitDatasetArgs,
};
