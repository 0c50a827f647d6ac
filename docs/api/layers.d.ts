import { Tensor, TensorLike, Scalar, Optimizer, io } from '@tensorflow/tfjs-core';
import { LayersModel, ModelFitArgs, History, ModelFitDatasetArgs, ModelEvaluateArgs } from '@tensorflow/tfjs-layers';
interface Chance {
  readonly output: string;
  readonly loss: number;
  readonly chance: number;
}
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
interface Dataset {
  readonly size?: number;
  iterator(): Promise<Iterator>;
}
interface DiagnoseArgs {
  readonly examples?: number;
  readonly batchSize?: number;
  readonly sampleWeight?: SampleWeight | null;
  readonly classWeight?: ClassWeights | null;
}
type DiagnoseInput = Tensors | readonly unknown[] | ArrayBufferView | Readonly<Record<string, unknown>>;
interface Diagnosis {
  readonly findings: readonly Finding[];
  readonly chances: readonly Chance[];
  readonly examples: number;
  toString(): string;
}
interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly where: Where;
  readonly seen: string;
  readonly why: string;
  readonly change: string;
}
type FindingCode = keyof typeof codes;
interface InspectOptions {
  readonly weights?: TensorInput | null;
  readonly batchSize?: number;
}
interface Item {
  readonly xs: Tensors;
  readonly ys?: Tensors | null;
  readonly sampleWeight?: SampleWeight;
}
interface Iterator {
  next(): Promise<{
    readonly value: Item | Promise<Item> | null;
    readonly done: boolean;
  }>;
}
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
type Severity = 'error' | 'warning' | 'info';
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
interface Where {
  readonly input?: string;
  readonly output?: string;
  readonly layer?: string;
  readonly variable?: string;
}
declare function accuracyFor(loss: LossFunction): (labels: Tensor, predictions: Tensor) => Scalar;
declare const codes: {
  readonly 'inputs-do-not-fit': {
    readonly severity: 'error';
    readonly about: 'inputs have another shape than the model takes';
  };
  readonly 'inputs-not-finite': {
    readonly severity: 'error';
    readonly about: 'NaN or infinite numbers among the inputs';
  };
  readonly 'tokens-out-of-range': {
    readonly severity: 'error';
    readonly about: 'inputs of an embedding that are no indices of its table';
  };
  readonly 'inputs-constant': {
    readonly severity: 'error';
    readonly about: 'all examples have the same inputs';
  };
  readonly 'labels-are-text': {
    readonly severity: 'error';
    readonly about: 'labels are strings';
  };
  readonly 'labels-not-finite': {
    readonly severity: 'error';
    readonly about: 'NaN or infinite numbers among labels that count';
  };
  readonly 'labels-swapped': {
    readonly severity: 'error';
    readonly about: 'labels look like predictions, and predictions like labels';
  };
  readonly 'examples-differ': {
    readonly severity: 'error';
    readonly about: 'inputs, labels and weights have different numbers of examples';
  };
  readonly 'shapes-differ': {
    readonly severity: 'error';
    readonly about: 'labels have another shape than the predictions';
  };
  readonly 'labels-0-255': {
    readonly severity: 'error';
    readonly about: 'labels are 0 and 255, or up to 255, in place of 0 and 1';
  };
  readonly 'one-hot-labels-for-indices': {
    readonly severity: 'error';
    readonly about: 'one-hot labels for a loss of class indices';
  };
  readonly 'indices-for-one-hot-labels': {
    readonly severity: 'error';
    readonly about: 'class indices for a loss of one number per class';
  };
  readonly 'labels-out-of-range': {
    readonly severity: 'error';
    readonly about: 'labels outside of what the loss has a meaning for';
  };
  readonly 'softmax-of-one-unit': {
    readonly severity: 'error';
    readonly about: 'a softmax over a single unit, which is always 1';
  };
  readonly 'softmax-for-several-classes': {
    readonly severity: 'error';
    readonly about: 'a softmax, or a loss of exclusive classes, for labels of several classes at once';
  };
  readonly 'label-rows-do-not-sum-to-1': {
    readonly severity: 'warning';
    readonly about: 'labels of a distribution whose rows do not sum to 1';
  };
  readonly 'head-without-activation': {
    readonly severity: 'error';
    readonly about: 'the last layer gives any number, the loss expects probabilities or the like';
  };
  readonly 'relu-before-logarithm': {
    readonly severity: 'error';
    readonly about: 'a relu gives exact zeros to a loss that takes their logarithm';
  };
  readonly 'activation-does-not-fit': {
    readonly severity: 'error';
    readonly about: 'the last activation gives other numbers than the loss expects';
  };
  readonly 'activation-before-logits': {
    readonly severity: 'error';
    readonly about: 'the loss squashes logits itself, and the model ends in a softmax or sigmoid';
  };
  readonly 'labels-beyond-activation': {
    readonly severity: 'error';
    readonly about: 'labels that the last activation cannot reach';
  };
  readonly 'sigmoid-for-exclusive-classes': {
    readonly severity: 'warning';
    readonly about: 'a sigmoid for each of classes that exclude each other';
  };
  readonly 'binary-loss-of-softmax': {
    readonly severity: 'warning';
    readonly about: 'a loss of yes or no for each unit after a softmax';
  };
  readonly 'squared-error-of-probabilities': {
    readonly severity: 'warning';
    readonly about: 'a regression loss after a sigmoid or softmax, whose gradient has the factor f(1 − f)';
  };
  readonly 'loss-upside-down': {
    readonly severity: 'error';
    readonly about: 'a loss of your own that is larger the better predictions are';
  };
  readonly 'labels-constant': {
    readonly severity: 'error';
    readonly about: 'all labels are the same';
  };
  readonly 'weights-all-zero': {
    readonly severity: 'error';
    readonly about: 'all weights of examples, classes or of the loss are 0';
  };
  readonly 'weights-negative': {
    readonly severity: 'error';
    readonly about: 'weights below 0, or not finite';
  };
  readonly 'nothing-counts': {
    readonly severity: 'error';
    readonly about: 'masks or ignored labels leave no position';
  };
  readonly 'few-count': {
    readonly severity: 'warning';
    readonly about: 'weights, masks or ignored labels leave few positions';
  };
  readonly 'loss-weight-not-positive': {
    readonly severity: 'error';
    readonly about: 'a loss weight of 0, or below';
  };
  readonly 'batch-too-small': {
    readonly severity: 'error';
    readonly about: 'no pairs in the batch for a loss that compares examples';
  };
  readonly 'learning-rate-zero': {
    readonly severity: 'error';
    readonly about: 'a learning rate of 0, below 0 or not a number';
  };
  readonly 'nothing-trainable': {
    readonly severity: 'error';
    readonly about: 'no variable is trained: everything is frozen';
  };
  readonly 'frozen-at-compile': {
    readonly severity: 'warning';
    readonly about: 'layers that were unfrozen after the model was compiled';
  };
  readonly 'dropout-at-the-end': {
    readonly severity: 'error';
    readonly about: 'a dropout or noise after the last layer';
  };
  readonly 'dropout-too-high': {
    readonly severity: 'warning';
    readonly about: 'a dropout of 0.9 or more';
  };
  readonly 'weights-not-finite': {
    readonly severity: 'error';
    readonly about: 'NaN or infinite numbers in a variable of the model';
  };
  readonly 'units-identical': {
    readonly severity: 'error';
    readonly about: 'all units of a hidden layer have the same weights';
  };
  readonly 'weights-unscaled': {
    readonly severity: 'warning';
    readonly about: 'weights far too large or too small for the inputs of their layer';
  };
  readonly 'penalty-dominates': {
    readonly severity: 'warning';
    readonly about: 'penalties of regularizers far larger than the loss';
  };
  readonly 'softmax-between': {
    readonly severity: 'warning';
    readonly about: 'a softmax in a hidden layer';
  };
  readonly 'model-is-linear': {
    readonly severity: 'warning';
    readonly about: 'several layers without activation, which are together a single one';
  };
  readonly 'inputs-unscaled': {
    readonly severity: 'warning';
    readonly about: 'inputs far from the size of 1, such as 0 to 255';
  };
  readonly 'labels-unscaled': {
    readonly severity: 'warning';
    readonly about: 'numbers to be regressed that are far from the size of 1';
  };
  readonly 'half-precision': {
    readonly severity: 'error';
    readonly about: 'numbers beyond what float16 holds on this device';
  };
  readonly 'layer-not-finite': {
    readonly severity: 'error';
    readonly about: 'the first layer that makes NaN or infinite numbers';
  };
  readonly 'loss-fails': {
    readonly severity: 'error';
    readonly about: 'the loss or the model throws on this batch';
  };
  readonly 'loss-not-finite': {
    readonly severity: 'error';
    readonly about: 'the loss is NaN or infinite although the predictions are finite';
  };
  readonly 'not-differentiable': {
    readonly severity: 'error';
    readonly about: 'the loss does not depend on the variables in a differentiable way';
  };
  readonly 'units-dead': {
    readonly severity: 'error';
    readonly about: 'units that give 0 for every example';
  };
  readonly 'layer-saturated': {
    readonly severity: 'warning';
    readonly about: 'units at the bounds of their sigmoid or tanh';
  };
  readonly 'gradient-vanishing': {
    readonly severity: 'warning';
    readonly about: 'the gradient fades on its way to the first layers';
  };
  readonly 'gradient-exploding': {
    readonly severity: 'warning';
    readonly about: 'the gradient grows on its way to the first layers';
  };
  readonly 'gradient-not-finite': {
    readonly severity: 'error';
    readonly about: 'the gradient of a variable is NaN or infinite';
  };
  readonly 'learning-rate-too-large': {
    readonly severity: 'error';
    readonly about: 'one step makes the loss much larger';
  };
  readonly 'learning-rate-too-small': {
    readonly severity: 'warning';
    readonly about: 'one step changes the loss by next to nothing';
  };
  readonly 'predictions-collapsed': {
    readonly severity: 'error';
    readonly about: 'predictions are the same for all examples';
  };
  readonly 'predictions-saturated': {
    readonly severity: 'warning';
    readonly about: 'predictions are sure of themselves, and wrong';
  };
  readonly 'gradient-zero': {
    readonly severity: 'error';
    readonly about: 'the gradient is exactly 0 from a layer on back, or everywhere';
  };
  readonly 'variable-without-gradient': {
    readonly severity: 'warning';
    readonly about: 'a variable that no gradient reaches';
  };
  readonly 'metric-does-not-fit': {
    readonly severity: 'warning';
    readonly about: 'a metric that says nothing about these labels';
  };
  readonly 'no-better-than-chance': {
    readonly severity: 'warning';
    readonly about: 'a trained model that does not beat constant predictions';
  };
  readonly 'labels-imbalanced': {
    readonly severity: 'info';
    readonly about: 'one class is ten times as frequent as another';
  };
};
declare function compile<M extends LayersModel>(model: M, args: CompileArgs): CompiledModel<M>;
declare function diagnose(
  model: LayersModel,
  x: DiagnoseInput | Dataset,
  y?: DiagnoseInput | null,
  args?: DiagnoseArgs,
): Promise<Diagnosis>;
declare function inspect(
  loss: ModelLoss,
  labels: TensorInput | readonly unknown[],
  predictions: TensorInput,
  { weights, batchSize }?: InspectOptions,
): Promise<Diagnosis>;
declare function load(handlerOrURL: io.IOHandler | string, args?: LoadArgs): Promise<CompiledModel>;
declare function save(model: LayersModel, handlerOrURL: io.IOHandler | string, args?: SaveArgs): Promise<io.SaveResult>;
export { accuracyFor, compile, diagnose, inspect, load, save };
export type {
  Chance,
  ClassWeight,
  ClassWeights,
  CompileArgs,
  CompiledModel,
  DiagnoseArgs,
  DiagnoseInput,
  Diagnosis,
  Finding,
  FindingCode,
  InspectOptions,
  LoadArgs,
  LossTerm,
  Metrics,
  ModelLoss,
  ModelLosses,
  ModelMetric,
  PerOutput,
  SampleWeight,
  SaveArgs,
  Severity,
  WeightedBatchArgs,
  WeightedEvaluateArgs,
  WeightedFitArgs,
  WeightedFitDatasetArgs,
  Where,
};
