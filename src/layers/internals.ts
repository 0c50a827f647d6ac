import type { Optimizer, Scalar, Tensor, Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** A value as tfjs-layers takes it for inputs and labels: a tensor, several in order, or several by name. */
export type Tensors = Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>;

/** The activation function of a layer. */
export interface Activation {
  apply(x: Tensor, axis?: number): Tensor;
  getClassName(): string;
}

/** What a model consists of; any layer may be one. */
export interface Container {
  readonly layers?: readonly InnerLayer[];
  readonly outputLayers?: readonly InnerLayer[];
}

/** The parts of a layer that are read or, for one call, replaced. */
export interface InnerLayer extends Container {
  readonly name: string;
  readonly supportsMasking: boolean;
  apply(inputs: unknown, kwargs?: unknown): unknown;
  computeMask(inputs: unknown, mask?: unknown): Tensor | (Tensor | null)[] | null;
  getClassName(): string;
  activation?: Activation;
  /** Of the softmax layer. */
  readonly axis?: number | readonly number[];
  /** Of a wrapper such as TimeDistributed. */
  readonly layer?: InnerLayer;
  /** Of a Sequential model. */
  readonly model?: Container;
}

/** What an optimizer steps over: the model's variables behind its own class for them. */
interface TrainableWeight {
  read(): Tensor;
}

/**
 * The parts of a tfjs-layers model that the bridge reads and replaces. tfjs declares some of them private or protected;
 * at run time they are there, in every version 4 (the tests in `test/on-every-backend` notice if they go).
 */
export interface InnerModel extends Container {
  readonly inputs: readonly unknown[];
  readonly inputNames: readonly string[];
  readonly outputs: readonly { readonly shape: readonly (number | null)[] }[];
  readonly outputLayers: readonly InnerLayer[];
  readonly optimizer: Optimizer;
  readonly collectedTrainableWeights: readonly TrainableWeight[];
  metricsNames: string[];
  feedOutputShapes: unknown[];
  loss: unknown;
  metrics: unknown;
  call(inputs: readonly Tensor[], kwargs: object): Tensor | Tensor[];
  calculateLosses(): Scalar[];
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

/** The variables of trainable weights. */
export const variablesOf = (model: InnerModel): Variable[] =>
  model.collectedTrainableWeights.map((weight) => weight.read() as Variable);
