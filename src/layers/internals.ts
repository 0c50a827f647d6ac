import type { DataType, Optimizer, Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** A value as tfjs-layers takes it for inputs and labels: a tensor, several in order, or several by name. */
export type Tensors = Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>;

/** The activation function of a layer. */
export interface Activation {
  apply(x: Tensor, axis?: number): Tensor;
  getClassName(): string;
}

/** A tensor of the graph of a model: the output with this index of an application of a layer. */
export interface SymbolicTensor {
  readonly dtype: DataType | null;
  readonly shape: readonly (number | null)[];
  readonly sourceLayer: InnerLayer;
  readonly nodeIndex: number;
  readonly tensorIndex: number;
}

/** One application of a layer. */
export interface GraphNode {
  readonly outboundLayer: InnerLayer;
  readonly inputTensors: readonly SymbolicTensor[];
  readonly outputTensors: readonly SymbolicTensor[];
  /** What the layer was told when it was applied. */
  readonly callArgs?: { readonly training?: boolean } | null;
}

/** What a layer is told beside its inputs. */
export interface CallArguments {
  readonly training?: boolean | undefined;
  readonly mask?: Tensor;
}

/** What a layer is asked for; a model may stand in place of any layer. */
interface Callable {
  call(inputs: Tensor | Tensor[], args: CallArguments): Tensor | Tensor[];
}

/** A model as a graph of layers. */
export interface Graph extends Callable {
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
}

/** The parts of a layer that are read or, for one call, replaced. */
export interface InnerLayer extends Callable, Partial<Omit<Graph, 'call'>> {
  readonly name: string;
  readonly supportsMasking: boolean;
  readonly stateful?: boolean;
  readonly trainable: boolean;
  readonly weights: readonly TrainableWeight[];
  readonly inboundNodes: readonly GraphNode[];
  apply(inputs: unknown, kwargs?: unknown): unknown;
  computeMask(inputs: unknown, mask?: unknown): Tensor | (Tensor | null)[] | null;
  /** What computes the penalties; a wrapper has those of the layer in it. */
  readonly losses: readonly unknown[];
  calculateLosses(): Scalar[];
  getClassName(): string;
  activation?: Activation;
  /** Of the softmax layer. */
  readonly axis?: number | readonly number[];
  /** Of a model. */
  readonly layers?: readonly InnerLayer[];
  /** Of a Sequential model. */
  readonly model?: InnerLayer;
  /** Of a wrapper such as TimeDistributed. */
  readonly layer?: InnerLayer;
  /** Of a Bidirectional wrapper. */
  readonly forwardLayer?: InnerLayer;
  readonly backwardLayer?: InnerLayer;
  /** Of a recurrent layer, and of a stack of its cells. */
  readonly cell?: InnerLayer;
  readonly cells?: readonly InnerLayer[];
}

/** What an optimizer steps over: the model's variables behind its own class for them. */
interface TrainableWeight {
  read(): Tensor;
}

/**
 * The parts of a tfjs-layers model that the bridge reads and replaces. tfjs declares some of them private or protected;
 * at run time they are there, in every version 4 (the tests in `test/on-every-backend` notice if they go).
 */
export interface InnerModel extends Graph {
  readonly inputNames: readonly string[];
  readonly optimizer: Optimizer;
  readonly collectedTrainableWeights: readonly TrainableWeight[];
  metricsNames: string[];
  /** Whether `fit` or `fitDataset` is at work; tfjs refuses another one then. */
  readonly isTraining: boolean;
  feedOutputShapes: unknown[];
  loss: unknown;
  metrics: unknown;
  /** Names of numbers; one that is there twice has a number behind it. */
  getDedupedMetricsNames(): string[];
  testLoop(step: unknown, inputs: readonly Tensor[], ...rest: unknown[]): Scalar[];
  compile(args: object): void;
  fit(x: Tensors, y: unknown, args: object): Promise<unknown>;
  fitDataset(dataset: unknown, args: object): Promise<unknown>;
  evaluate(x: Tensors, y: unknown, args: object): Scalar | Scalar[];
  evaluateDataset(dataset: unknown, args?: object): Promise<Scalar | Scalar[]>;
  trainOnBatch(x: Tensors, y: unknown): Promise<number | number[]>;
  standardizeUserDataXY(x: Tensors, y: unknown, ...rest: unknown[]): [Tensor[], Tensor[]];
  standardizeUserData(
    x: Tensors,
    y: unknown,
    sampleWeight: unknown,
    classWeight: unknown,
    ...rest: unknown[]
  ): Promise<[Tensor[], Tensor[], Tensor[] | null]>;
  save(handler: unknown, config?: object): Promise<unknown>;
}

/** The model that does the work: a Sequential model has one inside. */
export function innerOf(model: LayersModel): InnerModel {
  const { model: inner } = model as unknown as { readonly model?: InnerModel };
  return inner ?? (model as unknown as InnerModel);
}

/** What the class of a model does, whatever has been put in its place on the model itself. */
export const classOf = (model: InnerModel): InnerModel => Object.getPrototypeOf(model) as InnerModel;

/** Replaces methods of one model, in a way that neither shows when it is looked through nor touches its class. */
export function replaceMethods(model: object, methods: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(model, name, { value, configurable: true, writable: true });
  }
}

/** Gives a model the methods of its class back. */
export function takeBack(model: object): void {
  const own = Object.entries(Object.getOwnPropertyDescriptors(model));
  for (const [name, { enumerable, value }] of own) {
    if (enumerable === false && typeof value === 'function') Reflect.deleteProperty(model, name);
  }
}
