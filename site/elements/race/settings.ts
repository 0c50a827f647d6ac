import type { DataName } from './data/names.js';

export type Options = Readonly<Record<string, unknown>>;

export interface Racer {
  /** The name of a loss. */
  readonly loss: string;
  readonly options: Options;
}

export type OptimizerName = 'sgd' | 'adam';

/** All that a race follows from: with the same settings it goes the same way. */
export interface Settings {
  readonly data: DataName;
  /** For the examples, the weights at the start and the order of batches. */
  readonly seed: number;
  /** The share of training labels that are replaced by another class. */
  readonly noise: number;
  /** The share that is kept of the training examples of class 1. */
  readonly kept: number;
  /** Is added to the score of the first class, or to the only score, before the first step. */
  readonly bias: number;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly racers: readonly [Racer, Racer];
}

export const plain: Omit<Settings, 'data' | 'racers'> = {
  seed: 1,
  noise: 0,
  kept: 1,
  bias: 0,
  optimizer: 'adam',
  learningRate: 0.01,
  batchSize: 32,
};
